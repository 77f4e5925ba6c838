// Removes nodes; no other module does. It checks again what it removes, and removes by container ids, never by a name or a label.
import { readFile, rm } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { waitFor } from '../../kube/wait.ts'
import type { Work } from '../../model/work.ts'
import { kubeconfigPath } from '../../places.ts'
import { writeWhole } from '../../write-whole.ts'
import { docker } from '../../artifact/docker.ts'
import { thaw } from './frozen.ts'
import { clusterName, contextName, networkName } from './kind.ts'
import { nodes } from './nodes.ts'
import type { Node } from './nodes.ts'
import { foreignCluster, ownNodes } from './owned.ts'
import { forgottenPortRules, removePortRules } from './port-rules.ts'
import { forget } from './record.ts'

/** Removes the lab's cluster; containers of others with its name stay, and are an error. */
export const removeCluster = (work: Work): Promise<void> =>
  work.step(`remove cluster ${clusterName}`, async () => {
    const all = await nodes()
    const own = await ownNodes(all)
    await removeContainers(own)
    const strangers = all.filter((node) => !own.includes(node))
    if (own.length > 0 || strangers.length === 0) await forgetCluster()
    if (strangers.length > 0) throw foreignCluster(strangers)
  })

/** Removes an unfinished cluster. Docker completes kind's requests after kind has ended, so nodes can still appear for a moment. */
export const removeUnfinished = (work: Work, everyMs = 1_000): Promise<void> =>
  work.step(`remove the unfinished cluster ${clusterName}`, async () => {
    let looksWithoutNodes = 0
    await waitFor({ what: 'the unfinished cluster to be gone', deadlineMs: 60_000, everyMs, signal: work.signal }, async () => {
      const own = await ownNodes(await nodes())
      await removeContainers(own)
      looksWithoutNodes = own.length > 0 ? 0 : looksWithoutNodes + 1
      return looksWithoutNodes >= 3 ? { value: undefined } : { notYet: own.map(({ name }) => name).join(', ') }
    })
    await forgetCluster()
  })

/** Removes every node with the cluster's name, also those of others: only if the user named it. */
export const removeAnyOwner = (work: Work): Promise<void> =>
  work.step(`remove cluster ${clusterName}, even if the lab did not create it`, async () => {
    await removeContainers(await nodes())
    await forgetCluster()
  })

const removeContainers = async (these: readonly Node[]): Promise<void> => {
  if (these.length === 0) return
  const ids = these.map(({ id }) => id)
  await docker(['rm', '--force', '--volumes', ...ids]).catch(async (error: unknown) => {
    if ((await thaw(ids)) === 0) throw error
    await removeContainers((await nodes()).filter(({ id }) => ids.includes(id))) // the remaining ones
  })
}

/** Called once an engine lists no node: removes the cluster's network, its entries in the kubeconfig, and the record. */
export const forgetCluster = async (): Promise<void> => {
  await removeNetwork()
  await forgetContext()
  await forget()
}

/** Rules that Docker forgot go first: once the network has gone, its addresses do not identify them. A network that others use stays. */
const removeNetwork = async (): Promise<void> => {
  await removePortRules(await forgottenPortRules())
  const name = `name=^${networkName}$`
  if ((await docker(['network', 'ls', '--quiet', '--filter', name])) === '') return
  const users = await docker(['network', 'inspect', networkName, '--format', '{{len .Containers}}'])
  if (users === '0') await docker(['network', 'rm', networkName])
}

const Named = z.array(z.looseObject({ name: z.string() })).nullish()
const Kubeconfig = z.looseObject({ clusters: Named, contexts: Named, users: Named, 'current-context': z.string().optional() })

/** kind gives cluster, context and user the same name. Entries of other clusters stay. */
const forgetContext = async (): Promise<void> => {
  const text = await readFile(kubeconfigPath(), 'utf8').catch(() => '')
  const { data: config } = Kubeconfig.safeParse(parse(text))
  if (!config) return
  const others = (named: z.infer<typeof Named>) => (named ?? []).filter(({ name }) => name !== contextName)
  const left = { clusters: others(config.clusters), contexts: others(config.contexts), users: others(config.users) }
  if (Object.values(left).every((each) => each.length === 0)) return rm(kubeconfigPath(), { force: true })
  const current = config['current-context'] === contextName ? '' : (config['current-context'] ?? '')
  await writeWhole(kubeconfigPath(), stringify({ ...config, ...left, 'current-context': current }), 0o600)
}
