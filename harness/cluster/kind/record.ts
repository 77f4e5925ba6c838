// What this state folder knows of the cluster it created: written before the first container exists, so that leftovers of an
// interrupted creation are known as well.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { LabError } from '../../model/lab-error.ts'
import { stateDir } from '../../places.ts'
import { writeWhole } from '../../write-whole.ts'
import { runningEngine } from './engine.ts'
import { clusterName } from './kind.ts'

/** A record of an older lab has another name for `kept`; its cluster counts as kept. */
const ClusterRecord = z.object({
  begunAt: z.iso.datetime(),
  /** Generated for this cluster. Every node has a mount path that ends in it, from the moment its container exists; null: an older lab had none. */
  token: z.nullable(z.string()).default(null),
  /** Ids of its containers; null: unfinished. */
  containers: z.nullable(z.array(z.string())),
  /** UID of its namespace kube-system, unique to the cluster; null: unfinished. */
  uid: z.nullable(z.string()).default(null),
  /** Data folder of the engine that it was created with; null: not known. */
  engine: z.nullable(z.string()).default(null),
  /** Whether it stays when the command that created it has ended. */
  kept: z.boolean().default(true),
})
export type ClusterRecord = z.infer<typeof ClusterRecord>

const recordPath = (): string => join(stateDir(), `${clusterName}.made.json`)

/** Null: no record, or an unreadable one. */
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

/** Called before a cluster is created. Never overwrites the record of a finished cluster: the lab would no longer know that cluster as its own. */
export const recordBegun = async (token: string, kept: boolean): Promise<void> => {
  const before = await readRecord()
  if (before !== null && before.containers !== null)
    throw new LabError(`Cluster ${clusterName} is recorded as finished, so the lab does not create it again`, {
      why: `${recordPath()} has its ${before.containers.length} containers`,
      next: '`lab down` removes the cluster and its record',
      exit: 'cannotRun',
    })
  const engine = (await runningEngine())?.rootDir ?? null
  await write({ begunAt: new Date().toISOString(), token, containers: null, uid: null, engine, kept })
}

/** Called once it is created. `containers`: ids. */
export const recordFinished = async (containers: readonly string[], uid: string): Promise<void> => {
  const begun = await readRecord()
  if (begun === null)
    throw new LabError(`The record of cluster ${clusterName} is missing`, {
      why: `${recordPath()} cannot be read, although the lab wrote it before it created the nodes`,
      next: `another program may have removed it; \`lab down --force ${clusterName}\` removes the nodes`,
    })
  await write({ ...begun, containers: [...containers], uid })
}

/** From now on the cluster stays when a command ends. */
export const recordKept = async (): Promise<void> => {
  const record = await readRecord()
  if (record && !record.kept) await write({ ...record, kept: true })
}

/** Called once the cluster is removed. */
export const forget = (): Promise<void> => rm(recordPath(), { force: true })

/** Whether a cluster that a killed command left stays: finished and created to be kept, or without a record. */
export const isKept = async (): Promise<boolean> => {
  const record = await readRecord()
  return record === null || (record.kept && record.containers !== null)
}
