// What interrupted commands left on this machine, found by inspecting it.
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { buildersLeft, removeBuilders } from '../../artifact/builder.ts'
import { deadDrafts } from '../../artifact/cache.ts'
import type { Work } from '../../model/work.ts'
import { stateDir } from '../../places.ts'
import { draftsIn } from '../../write-whole.ts'
import type { Provider } from '../provider.ts'
import { runningEngine } from './engine.ts'
import { lockName } from './name-lock.ts'
import { clusterName, endOrphanedKinds, orphanedKinds } from './kind.ts'
import { nodeStates } from './node-states.ts'
import { nodes } from './nodes.ts'
import { connectOwn, ownNodes, requireEngine } from './owned.ts'
import { forgottenPortRules, removePortRules } from './port-rules.ts'
import { isKept } from './record.ts'
import { removeUnfinished } from './removal.ts'
import { prioritizedNodes, giveShare } from './shares.ts'
import { readStatus } from './status.ts'

/** Drafts of files that the lab writes into its state folder. */
const ofLab = /^(?:.+\.made\.json|kubeconfig|exercise\.json|exercise-kubeconfig)\.draft$/

/** Ignores clusters that the lab cannot prove it created. */
export const leftBehind = async (work: Work): ReturnType<Provider['leftBehind']> => {
  const records = (await draftsIn(stateDir())).filter((path) => ofLab.test(basename(path)))
  const draftPaths = [...(await deadDrafts()), ...records]
  const drafts = {
    title: 'remove drafts from the cache and the state folder',
    found: draftPaths.map((path) => `draft ${basename(path)}`),
    undo: async () => {
      for (const path of draftPaths) await rm(path, { recursive: true, force: true })
    },
  }
  if ((await runningEngine()) === null) {
    await requireEngine()
    return { leftovers: [drafts], cluster: null }
  }
  await lockName(work)
  const [status, all] = [await readStatus(), await nodes()]
  const orphans = { title: 'stop orphaned kind processes', found: await orphanedKinds(), undo: endOrphanedKinds }
  const builders = { title: 'remove build containers', found: await buildersLeft(), undo: removeBuilders }
  const portRules = await forgottenPortRules()
  const forgotten = {
    title: 'remove orphaned firewall rules of Docker',
    found: portRules.map(({ name }) => `firewall rule for ${name}`),
    undo: () => removePortRules(portRules),
  }
  const own = await ownNodes(all)
  if (!(await isKept())) {
    const found = [own.length > 0 ? `cluster ${clusterName}` : `record of cluster ${clusterName}`] // nodes may still appear
    const whole = { title: 'remove the cluster', found, undo: () => removeUnfinished(work) }
    return { leftovers: [orphans, whole, forgotten, builders, drafts], cluster: null }
  }
  const prioritized = await prioritizedNodes(own)
  const usualShares = { title: 'reset the CPU shares of nodes', found: prioritized, undo: () => giveShare(prioritized, 'usual') }
  const leftovers = [orphans, usualShares, forgotten, builders, drafts]
  if (status.state !== 'ready') return { leftovers, cluster: null }
  const kube = await connectOwn()
  return { leftovers, cluster: { kube, nodes: nodeStates(kube) } }
}
