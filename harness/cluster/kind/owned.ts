// Whether a cluster is the lab's own: that this state folder made it. A name proves nothing, since kind or another user may have given the same one; nor does
// an answer, since another tool may have written another cluster of that name into the kubeconfig.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { connect } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { isThere, kubeconfigPath, stateDir } from '../../places.ts'
import { writeWhole } from '../../write-whole.ts'
import { lookAtDocker } from './docker.ts'
import { engineVersion } from './engine.ts'
import { clusterName, contextName } from './kind.ts'
import { nodes } from './nodes.ts'
import type { Node } from './nodes.ts'

const Made = z.strictObject({
  /** Before the first container was asked for. */
  begunAt: z.iso.datetime(),
  /** Ids of its containers; null: it was not finished. */
  containers: z.nullable(z.array(z.string())),
  /** UID of its namespace kube-system, which no other cluster has; null: it was not finished. */
  uid: z.nullable(z.string()).default(null),
  /** Folder of the data of the engine that it was made with; null: not known. */
  engine: z.nullable(z.string()).default(null),
  /** Whether it is meant to stay when the command that made it has ended. */
  lasting: z.boolean().default(true),
})
type Made = z.infer<typeof Made>

const recordPath = (): string => join(stateDir(), `${clusterName}.made.json`)

const write = async (made: Made): Promise<void> => {
  await mkdir(stateDir(), { recursive: true })
  await writeWhole(recordPath(), JSON.stringify(made))
}

/** Before a cluster is made, so that what is left of one that was cut off is known as the lab's own, too. */
export const recordBegun = (lasting: boolean): Promise<void> => writeNew({ containers: null, uid: null, lasting })

/** Once it is made. */
export const recordMade = async (these: readonly Node[], uid: string, lasting: boolean): Promise<void> =>
  writeNew({ containers: these.map(({ id }) => id), uid, lasting })

const writeNew = async (made: Pick<Made, 'containers' | 'uid' | 'lasting'>): Promise<void> =>
  write({ ...made, begunAt: new Date().toISOString(), engine: (await lookAtDocker()).engine?.rootDir ?? null })

/** Whether one that a command left when it was killed stays all the same: it was finished, and meant to stay. Without a record it does. */
export const isToStay = async (): Promise<boolean> => {
  const made = await read()
  return made === null || (made.lasting && made.containers !== null)
}

/** From now on it is meant to stay. */
export const recordLasting = async (): Promise<void> => {
  const made = await read()
  if (made && !made.lasting) await write({ ...made, lasting: true })
}

/** Once it is removed. */
export const forget = (): Promise<void> => rm(recordPath(), { force: true })

/** Whether one was made and, as far as is known, not removed. */
export const isRecorded = async (): Promise<boolean> => (await read()) !== null

/** How far the clock of the engine's machine may be behind. */
const clockToleranceMs = 60_000

/** Whether all of these were made by this state folder. */
export const areOwn = async (these: readonly Node[]): Promise<boolean> => {
  const made = await read()
  if (made === null) return false
  const { begunAt, containers } = made
  const isOwn = ({ id, createdAt }: Node): boolean =>
    containers === null ? Date.parse(createdAt) > Date.parse(begunAt) - clockToleranceMs : containers.includes(id)
  return these.every(isOwn)
}

const read = async (): Promise<Made | null> => {
  try {
    return Made.parse(JSON.parse(await readFile(recordPath(), 'utf8')))
  } catch {
    return null // there is none, or it says nothing
  }
}

/** The lab's cluster; an error where another one answers in its place. */
export const connectOwn = async (): Promise<Kube> => {
  const kube = connect(kubeconfigPath(), contextName)
  const recorded = (await read())?.uid ?? null
  const uid = await uidOf(kube)
  if (recorded === null || recorded === uid) return kube
  throw new LabError(`What answers as ${contextName} is not the cluster that this lab made`, {
    why: `its namespace kube-system has UID ${uid}, and ${recorded} was recorded when the lab's was made`,
    next: `another tool may have written to ${kubeconfigPath()}; \`lab down\` and \`lab up\` make the cluster and the file anew`,
    exit: 'cannotRun',
  })
}

export const uidOf = async (kube: Kube): Promise<string> =>
  (await kube.core.readNamespace({ name: 'kube-system' })).metadata?.uid ?? 'none'

/** A cluster that does not answer to the lab's own kubeconfig, for this reason: what is not provably its own is neither used nor removed. */
export const refuseStranger = async (why: string): Promise<void> => {
  const all = await nodes()
  if (await areOwn(all)) return
  throw new LabError(`There is a cluster named ${clusterName}, and nothing shows that this lab made it`, {
    why: `${why}; ${stateDir()} has no record of its nodes`,
    evidence: all.map(({ name, state, createdAt }) => `${name}: ${state}, made ${createdAt}`),
    next: `\`--name another\` makes one beside it; \`lab down --force ${clusterName}\` removes it all the same`,
    exit: 'cannotRun',
  })
}

/** Where no node is found: without an engine that answers, the cluster may still be there. */
export const refuseSilence = async (): Promise<void> => {
  if (!(await isRecorded())) return
  if (await engineVersion()) return forget() // others removed it
  throw new LabError('The Docker engine does not answer, so nobody knows whether the cluster is gone', {
    why: `${stateDir()} has a record of cluster ${clusterName}, and none of its removal`,
    next: 'start the engine, as `lab up` does, then `lab down` again',
    exit: 'cannotRun',
  })
}

/** Where another engine answers than the one that has the cluster: nothing is found there, and the cluster would be forgotten. */
export const refuseOtherEngine = async (): Promise<void> => {
  const engine = (await read())?.engine ?? null
  if (engine === null || !(await isThere(engine))) return
  const { engine: answering, endpoint } = await lookAtDocker()
  if (answering === null || answering.rootDir === engine) return
  throw new LabError(`Cluster ${clusterName} was made with another Docker engine than the one that answers`, {
    why: `its engine has its data in ${engine}; the one at ${endpoint}, in ${answering.rootDir}`,
    next: `ask its engine, perhaps by \`unset DOCKER_HOST DOCKER_CONTEXT\`; \`--name another\` makes a cluster with this one; \`lab down --force ${clusterName}\` forgets it`,
    exit: 'cannotRun',
  })
}
