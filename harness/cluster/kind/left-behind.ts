// What commands that were cut off left on this machine, by looking at what is there.
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { buildersLeft, removeBuilders } from '../../artefact/builder.ts'
import { deadDrafts } from '../../artefact/cache.ts'
import { waitFor } from '../../kube/wait.ts'
import type { Work } from '../../model/work.ts'
import { stateDir } from '../../places.ts'
import { draftsIn } from '../../write-whole.ts'
import type { Provider } from '../provider.ts'
import { engineVersion } from './engine.ts'
import { clusterName, deleteCluster, endOrphanedKinds, orphanedKinds } from './kind.ts'
import { nodes, wake } from './nodes.ts'
import { areOwn, connectOwn, forget, isToStay, refuseSilence } from './owned.ts'
import { forgottenPortRules, removePortRules } from './port-rules.ts'
import { favouredNodes, giveShare } from './shares.ts'
import { openShell } from './shell.ts'
import { readStatus } from './status.ts'

/** Nothing of a cluster that nothing shows to be the lab's own. */
export const leftBehind = async (work: Work): ReturnType<Provider['leftBehind']> => {
  const draftPaths = [...(await deadDrafts()), ...(await draftsIn(stateDir()))]
  const drafts = {
    title: 'remove drafts from the cache and the state folder',
    found: draftPaths.map((path) => `draft ${basename(path)}`),
    undo: async () => {
      for (const path of draftPaths) await rm(path, { recursive: true, force: true })
    },
  }
  if (!(await engineVersion())) {
    await refuseSilence()
    return { leftovers: [drafts], cluster: null }
  }
  const [status, all] = [await readStatus(), await nodes()]
  const orphans = { title: 'end a kind that was left alone', found: await orphanedKinds(), undo: endOrphanedKinds }
  const builders = { title: 'remove what built images', found: await buildersLeft(), undo: removeBuilders }
  const portRules = await forgottenPortRules()
  const forgotten = {
    title: 'remove firewall rules that Docker forgot',
    found: portRules.map(({ name }) => `firewall rule for ${name}`),
    undo: () => removePortRules(portRules),
  }
  const isOwn = status.state === 'ready' || (await areOwn(all))
  if (isOwn && !(await isToStay())) {
    const whole = { title: 'remove the cluster', found: [`cluster ${clusterName}`], undo: () => removeUnfinished(work) }
    return { leftovers: [orphans, whole, forgotten, builders, drafts], cluster: null }
  }
  const favoured = isOwn ? await favouredNodes(all) : []
  const usualShares = { title: 'give nodes their usual share', found: favoured, undo: () => giveShare(favoured, 'usual') }
  const leftovers = [orphans, usualShares, forgotten, builders, drafts]
  if (status.state !== 'ready') return { leftovers, cluster: null }
  return { leftovers, cluster: { kube: await connectOwn(), openShell, wake } }
}

/** Docker goes on with what kind asked of it when kind is ended: nodes can still appear for a moment. */
export const removeUnfinished = async (work: Work): Promise<void> => {
  let looksWithoutNodes = 0
  await waitFor(
    { what: 'the unfinished cluster to be gone', deadlineMs: 60_000, everyMs: 1_000, signal: work.signal },
    async () => {
      const left = await nodes()
      if (left.length > 0) await deleteCluster(work)
      looksWithoutNodes = left.length > 0 ? 0 : looksWithoutNodes + 1
      return looksWithoutNodes >= 3 ? { value: undefined } : { notYet: left.map((node) => node.name).join(', ') }
    },
  )
  await forget()
}
