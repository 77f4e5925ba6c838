// Acknowledged regressions: a file lists which, why, and until when.
import { readFile } from 'node:fs/promises'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import * as z from 'zod'
import { problemsIn } from '../model/issues.ts'
import { LabError, messageOf } from '../model/lab-error.ts'

export const Acknowledgement = z.strictObject({
  scenario: z.string().min(1),
  arm: z.string().min(1),
  what: z.string().min(1).optional().describe('`verdict`, or the name of a metric; without it, everything of the arm'),
  reason: z.string().trim().min(1),
  until: z.iso.date().describe('the last day on which it applies, in UTC'),
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

export const Acknowledged = z
  .nullable(z.strictObject({ reason: z.string(), until: z.string() }))
  .describe('reason and end date of the acknowledgement; null: not acknowledged, or it has ended')
export type Acknowledged = z.infer<typeof Acknowledged>

/** Whether it covers this regression of an arm: `verdict`, or the name of a metric. */
export const speaksOf = (each: Acknowledgement, scenario: string, arm: string, what: string): boolean =>
  each.scenario === scenario && each.arm === arm && (each.what ?? what) === what

/** The first acknowledgement that covers it. */
export const acknowledgedBy = (all: readonly Acknowledgement[], scenario: string, arm: string, what: string): Acknowledged => {
  const found = all.find((each) => speaksOf(each, scenario, arm, what))
  return found ? { reason: found.reason, until: found.until } : null
}

/** Whether it has ended before a moment, such as when the newer run began. */
export const hasEnded = ({ until }: Acknowledgement, atIso: string): boolean =>
  Date.parse(atIso) >= Date.parse(until) + 24 * 3_600_000

/** Reads a file of acknowledgements, a YAML list. Throws an error that names all problems, each with its line. */
export const readAcknowledged = async (path: string): Promise<Acknowledgement[]> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, [messageOf(error)])
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number, message: string): string => `${path}:${lines.linePos(offset).line}: ${message}`
  const [problem] = document.errors
  if (problem)
    throw unreadable(
      path,
      document.errors.map(({ pos, message }) => at(pos[0], message.split('\n')[0] ?? '')),
    )
  const parsed = z.nullable(z.array(Acknowledgement)).safeParse(valueOf(document, path))
  if (parsed.success) return parsed.data ?? []
  throw unreadable(
    path,
    problemsIn(parsed.error.issues).map(({ path: key, message }) =>
      at(offsetOf(document, key), [key.slice(1).join('.'), message].filter(Boolean).join(': ')),
    ),
  )
}

/** The parser refuses nested aliases. */
const valueOf = (document: Document, path: string): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    throw unreadable(path, [messageOf(error)])
  }
}

/** Position of a value; if it is missing, the start of its parent. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number => {
  const parent = document.getIn(path.slice(0, -1), true)
  const pair = isMap(parent) ? parent.items.find(({ key }) => isNode(key) && String(key) === String(path.at(-1))) : undefined
  const node = pair?.key ?? document.getIn(path, true) ?? parent
  return (isNode(node) && node.range?.[0]) || 0
}

const unreadable = (path: string, evidence: readonly string[]): LabError =>
  new LabError(`${path} cannot be read as acknowledgements`, {
    exit: 'usage',
    evidence,
    next: 'each entry of the list has scenario, arm, reason, until: YYYY-MM-DD, and optionally what: `verdict` or a metric',
  })
