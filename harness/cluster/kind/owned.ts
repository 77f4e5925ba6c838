// Whether this state folder created a cluster. A name proves nothing, since kind or another user may have chosen the same one; nor does
// an answer, since another tool may have written another cluster of that name into the kubeconfig.
import { connect } from '../../kube/client.ts'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { isThere, kubeconfigPath, stateDir } from '../../places.ts'
import { lookAtDocker } from './docker.ts'
import type { Engine } from './docker.ts'
import { listContainers } from './engine.ts'
import { clusterName, contextName } from './kind.ts'
import type { Node } from './nodes.ts'
import { readRecord } from './record.ts'
import { tokenMount } from './shape.ts'

/** The nodes that this state folder created: those with a recorded id, and those with the token that it generated before calling kind. */
export const ownNodes = async (these: readonly Node[]): Promise<readonly Node[]> => {
  const record = await readRecord()
  if (record === null || these.length === 0) return []
  const ids = new Set([...(record.containers ?? []), ...(record.token === null ? [] : await containersWith(record.token))])
  return these.filter(({ id }) => ids.has(id))
}

const containersWith = (token: string): Promise<readonly string[]> => listContainers(`volume=${tokenMount(token)}`, '{{.ID}}')

/** The lab's cluster; throws if another one answers in its place. */
export const connectOwn = async (): Promise<Kube> => {
  const record = await readRecord()
  const kube = connect(kubeconfigPath(), contextName, record?.token ?? record?.uid ?? null)
  const recorded = record?.uid ?? null
  const uid = await uidOf(kube)
  if (recorded === uid) return kube
  throw new LabError(`The cluster that answers as ${contextName} is not the one that this lab created`, {
    why: `its namespace kube-system has UID ${uid}; the lab recorded ${recorded ?? 'none'} for its own cluster`,
    next: `another tool may have written to ${kubeconfigPath()}; \`lab down\` and \`lab up\` recreate the cluster and the file`,
    exit: 'cannotRun',
  })
}

export const uidOf = async (kube: Kube): Promise<string> =>
  (await kube.core.readNamespace({ name: 'kube-system' })).metadata?.uid ?? 'none'

/** For nodes with the lab's name that this state folder did not create: the lab neither uses nor removes them. */
export const foreignCluster = (strangers: readonly Node[]): LabError =>
  new LabError(`A cluster named ${clusterName} exists, but this lab did not create it`, {
    why: `${stateDir()} has no record of these nodes`,
    evidence: strangers.map(({ name, state, createdAt }) => `${name}: ${state}, created ${createdAt}`),
    next: `\`--name NAME\` creates a second cluster; if this one is yours, \`lab down --force ${clusterName}\` removes it`,
    exit: 'cannotRun',
  })

/** Without an engine, a recorded cluster may still exist. */
export const requireEngine = async (): Promise<void> => {
  if ((await readRecord()) === null) return
  throw new LabError('Docker does not run, so the lab cannot tell whether the cluster still exists', {
    why: `${stateDir()} records cluster ${clusterName}, and not its removal`,
    next: 'start Docker, as `lab up` does, then try again',
    exit: 'cannotRun',
  })
}

/** Refuses when another engine answers than the one with the cluster: it would list no node, and the lab would forget the cluster. */
export const requireSameEngine = async (answering: Engine): Promise<void> => {
  const engine = (await readRecord())?.engine ?? null
  if (engine === null || answering.rootDir === engine || !(await isThere(engine))) return
  const { endpoint } = await lookAtDocker()
  throw new LabError(`Cluster ${clusterName} belongs to a different Docker engine than the one now running`, {
    why: `its engine has its data in ${engine}; the one at ${endpoint}, in ${answering.rootDir}`,
    next: `use its engine, perhaps with \`unset DOCKER_HOST DOCKER_CONTEXT\`; \`--name another\` creates a cluster on this one; \`lab down --force ${clusterName}\` forgets it`,
    exit: 'cannotRun',
  })
}
