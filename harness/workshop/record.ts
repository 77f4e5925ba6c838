// exercise.jsonl: the record of an exercise, one line per event, written at once. Debriefing and board are derived from it.
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { LabError, messageOf } from '../model/lab-error.ts'
import { Checked } from './message.ts'

export const recordName = 'exercise.jsonl'

const Happening = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('started'),
    slug: z.string(),
    title: z.string(),
    learner: z.string(),
    pager: z.string(),
    remember: z.array(z.string()),
    sources: z.array(z.string()),
    /** Known repairs of the scenario, with descriptions and costs. */
    known: z.array(z.strictObject({ name: z.string(), kind: z.string(), summary: z.string(), costs: z.array(z.string()) })),
  }),
  z.strictObject({ what: z.literal('broken'), proof: z.array(z.string()) }),
  z.strictObject({
    what: z.literal('client'),
    /** Length of the observed window. */
    windowMs: z.number(),
    sent: z.int(),
    failed: z.int(),
    /** Null: no request was answered. */
    p99Us: z.nullable(z.number()),
  }),
  z.strictObject({ what: z.literal('changed'), changes: z.array(z.string()) }),
  z.strictObject({ what: z.literal('hint'), number: z.int() }),
  z.strictObject({ what: z.literal('checked'), checked: Checked }),
  z.strictObject({ what: z.literal('solution'), applied: z.boolean() }),
  z.strictObject({ what: z.literal('reset') }),
  z.strictObject({ what: z.literal('ended') }),
])
export type Happening = z.infer<typeof Happening>

const When = z.looseObject({ at: z.iso.datetime() })
export type Line = { readonly at: string } & Happening

const lineOf = (text: string): Line => {
  const { at, ...happening } = When.parse(JSON.parse(text))
  return { at, ...Happening.parse(happening) }
}

/** Records events in this folder, each with its time. */
export const openRecord = async (folder: string): Promise<(happening: Happening) => Promise<void>> => {
  await mkdir(folder, { recursive: true })
  return (happening) =>
    appendFile(join(folder, recordName), `${JSON.stringify({ at: new Date().toISOString(), ...happening })}\n`)
}

/** The whole record, without an incomplete last line. */
export const readRecord = async (folder: string): Promise<readonly Line[]> => {
  const path = join(folder, recordName)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new LabError(`${folder} contains no exercise`, {
      why: messageOf(error),
      exit: 'usage',
      next: 'name the folder that `lab workshop start` printed for its record',
    })
  })
  const lines = text.split('\n').slice(0, -1)
  try {
    return lines.map(lineOf)
  } catch (error) {
    throw new LabError(`${path} is not a record of an exercise`, {
      why: messageOf(error),
      next: 'name the folder that `lab workshop start` printed for its record',
      exit: 'usage',
      cause: error,
    })
  }
}
