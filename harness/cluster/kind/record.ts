// What this state folder knows of the cluster it made: written before the first container is asked for, so that what is left of a cluster that was
// cut off is known, too.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { LabError } from '../../model/lab-error.ts'
import { stateDir } from '../../places.ts'
import { writeWhole } from '../../write-whole.ts'
import { engineThere } from './engine.ts'
import { clusterName } from './kind.ts'

/** A record of an older lab has another name for `kept`, and is read as of a cluster that stays. */
const ClusterRecord = z.object({
  begunAt: z.iso.datetime(),
  /** Drawn for this cluster. Every node has a mount that ends in it, from the moment its container exists; null: an older lab drew none. */
  token: z.nullable(z.string()).default(null),
  /** Ids of its containers; null: it was not finished. */
  containers: z.nullable(z.array(z.string())),
  /** UID of its namespace kube-system, which no other cluster has; null: it was not finished. */
  uid: z.nullable(z.string()).default(null),
  /** Folder of the data of the engine that it was made with; null: not known. */
  engine: z.nullable(z.string()).default(null),
  /** Whether it stays when the command that made it has ended. */
  kept: z.boolean().default(true),
})
export type ClusterRecord = z.infer<typeof ClusterRecord>

const recordPath = (): string => join(stateDir(), `${clusterName}.made.json`)

/** Null: there is none, or its file says nothing. */
export const readRecord = async (): Promise<ClusterRecord | null> => {
  try {
    return ClusterRecord.parse(JSON.parse(await readFile(recordPath(), 'utf8')))
  } catch {
    return null
  }
}

const write = async (record: ClusterRecord): Promise<void> => {
  await mkdir(stateDir(), { recursive: true })
  await writeWhole(recordPath(), JSON.stringify(record))
}

/** Before a cluster is made. Over the record of a finished cluster nothing is written: that cluster would no longer be known as the lab's own. */
export const recordBegun = async (token: string, kept: boolean): Promise<void> => {
  const before = await readRecord()
  if (before !== null && before.containers !== null)
    throw new LabError(`Cluster ${clusterName} is recorded as finished, so no other one is made in its place`, {
      why: `${recordPath()} has its ${before.containers.length} containers`,
      next: '`lab down` removes the cluster and its record',
      exit: 'cannotRun',
    })
  const engine = (await engineThere())?.rootDir ?? null
  await write({ begunAt: new Date().toISOString(), token, containers: null, uid: null, engine, kept })
}

/** Once it is made. `containers`: ids. */
export const recordFinished = async (containers: readonly string[], uid: string): Promise<void> => {
  const begun = await readRecord()
  if (begun === null)
    throw new LabError(`The record of cluster ${clusterName} is gone`, { why: `${recordPath()} cannot be read` })
  await write({ ...begun, containers: [...containers], uid })
}

/** From now on it stays when a command ends. */
export const recordKept = async (): Promise<void> => {
  const record = await readRecord()
  if (record && !record.kept) await write({ ...record, kept: true })
}

/** Once it is removed. */
export const forget = (): Promise<void> => rm(recordPath(), { force: true })

/** Whether a cluster that a killed command left stays all the same: it was finished, and made to stay. Without a record it does. */
export const isKept = async (): Promise<boolean> => {
  const record = await readRecord()
  return record === null || (record.kept && record.containers !== null)
}
