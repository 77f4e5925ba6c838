// Addresses of the node over time as the API server tells of them, and as the node's own store has them; and what is left at the end.
import { setTimeout as pause } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import { watchObjects } from '../kube/watch.ts'
import { LabError } from '../model/lab-error.ts'
import { runScript } from '../model/node-shell.ts'
import type { NodeShell } from '../model/node-shell.ts'
import { defineProbe } from './probe.ts'

const trial = { combined: 'median', observation: 'trial' } as const

export const probe = defineProbe({
  /** `pool`: folder on the node whose file `range` says where the store is, and the first and the last address. */
  options: z.strictObject({ pool: z.string() }),
  metrics: () => ({
    pool_addresses: { unit: 'addresses', ...trial },
    pool_used_share: { unit: 'ratio', ...trial },
    addresses_api: { unit: 'addresses', ...trial },
    addresses_node: { unit: 'addresses', ...trial },
    addresses_over_baseline: { unit: 'addresses', ...trial },
  }),
  start: async ({ kube, namespace, node, shells }, { pool }) => {
    const shell = node && shells.get(node)
    if (!shell)
      throw new LabError('A pool of addresses is looked at on the node of an episode, and there is none', { exit: 'usage' })
    const pods = new Map<string, string | undefined>()
    const watch = await watchObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace }, (object, change) => {
      const { metadata, spec, status } = object as V1Pod
      if (change === 'gone' || spec?.nodeName !== node) pods.delete(metadata?.uid ?? '')
      else pods.set(metadata?.uid ?? '', status?.podIP)
    })
    const told = (): number => [...pods.values()].filter((address) => address !== undefined).length
    const startedMs = performance.now()
    const seen: { atMs: number; api: number; node: number; size: number }[] = []
    const look = async (): Promise<void> => {
      const { used, size } = await storeOf(shell, pool)
      seen.push({ atMs: Math.round(performance.now() - startedMs), api: told(), node: used, size })
    }
    await look()
    const ended = new AbortController()
    const sampling = (async () => {
      while (!ended.signal.aborted) {
        await pause(1000, undefined, { signal: ended.signal }).catch(() => {}) // ended: one look more
        await look()
      }
    })()
    sampling.catch(() => {}) // told by end
    const stop = (): Promise<void> => {
      ended.abort()
      return watch.stop()
    }
    return {
      end: async () => {
        ended.abort()
        await sampling
        await watch.stop()
        const [first, last] = [seen[0], seen.at(-1)]
        if (!first || !last) throw new Error('the pool was looked at when the probe started')
        const series = (of: 'api' | 'node') => ({
          unit: 'addresses',
          points: seen.map((each): [number, number] => [each.atMs, each[of]]),
        })
        return {
          metrics: {
            pool_addresses: last.size,
            pool_used_share: last.node / last.size,
            addresses_api: last.api,
            addresses_node: last.node,
            addresses_over_baseline: last.node - (first.node - first.api), // those of the fleet are not part of the baseline
          },
          proof: [
            `addresses of ${last.size} in use at the end: ${last.api} by what the API server tells, ${last.node} in the node's own store`,
          ],
          series: { addresses_api: series('api'), addresses_node: series('node') },
        }
      },
      stop: () => void stop(),
    }
  },
})

/** Files of host-local's store, one for each address in use; others, such as its lock, are no addresses. */
const storeOf = async (shell: NodeShell, pool: string): Promise<{ used: number; size: number }> => {
  const printed = await runScript(
    shell,
    'look at the addresses in use',
    `read -r store from to < ${pool}/range; echo $from $to; ls $store`,
  )
  const [range = '', ...files] = printed.split('\n')
  const [from = 0, to = 0] = range.split(' ').map(numberOf)
  const used = files.filter((file) => /^\d+\.\d+\.\d+\.\d+$/.test(file)).map(numberOf)
  return { used: used.filter((each) => each >= from && each <= to).length, size: to - from + 1 }
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
