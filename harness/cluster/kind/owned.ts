// Whether a cluster is the lab's own: that this state folder made it. A name proves nothing, since kind or another user may have given the same one.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { stateDir } from '../../places.ts'
import { clusterName } from './kind.ts'
import type { Node } from './nodes.ts'

const Made = z.strictObject({
  /** Before the first container was asked for. */
  begunAt: z.iso.datetime(),
  /** Ids of its containers; null: it was not finished. */
  containers: z.nullable(z.array(z.string())),
})
type Made = z.infer<typeof Made>

const recordPath = (): string => join(stateDir(), `${clusterName}.made.json`)

const write = async (made: Made): Promise<void> => {
  await mkdir(stateDir(), { recursive: true })
  await writeFile(recordPath(), JSON.stringify(made), { flush: true })
}

/** Before a cluster is made, so that what is left of one that was cut off is known as the lab's own, too. */
export const recordBegun = (): Promise<void> => write({ begunAt: new Date().toISOString(), containers: null })

/** Once it is made. */
export const recordMade = async (nodes: readonly Node[]): Promise<void> =>
  write({ begunAt: new Date().toISOString(), containers: nodes.map(({ id }) => id) })

/** Once it is removed. */
export const forget = (): Promise<void> => rm(recordPath(), { force: true })

/** Whether one was made and, as far as is known, not removed. */
export const isRecorded = async (): Promise<boolean> => (await read()) !== null

/** How far the clock of the engine's machine may be behind. */
const clockToleranceMs = 60_000

/** Whether all of these were made by this state folder. */
export const areOwn = async (nodes: readonly Node[]): Promise<boolean> => {
  const made = await read()
  if (made === null) return false
  const { begunAt, containers } = made
  const isOwn = ({ id, createdAt }: Node): boolean =>
    containers === null ? Date.parse(createdAt) > Date.parse(begunAt) - clockToleranceMs : containers.includes(id)
  return nodes.every(isOwn)
}

const read = async (): Promise<Made | null> => {
  try {
    return Made.parse(JSON.parse(await readFile(recordPath(), 'utf8')))
  } catch {
    return null // there is none, or it says nothing
  }
}
