// Addresses of the node over time, from the API server and from the node's own store; and those left at the end.
import type { V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import { watchObjects } from '../../kube/watch.ts'
import { runScript } from '../../model/node-shell.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import { defineProbe } from '../kit/probe.ts'
import { lookEvery, nodeShell } from '../kit/sample.ts'

const trial = { combined: 'median', observation: 'trial' } as const

export const probe = defineProbe({
  /** `pool`: folder on the node; its file `range` has the path of the store, and the first and last address. */
  options: z.strictObject({ pool: z.string() }),
  needsTimeline: true,
  metrics: () => ({
    pool_addresses: {
      label: 'addresses of the pool',
      brief: 'pool',
      meaning: 'addresses the node has for pods',
      unit: 'addresses',
      counts: true,
      ...trial,
    },
    pool_used_share: {
      label: 'addresses in use, share',
      brief: 'pool used',
      meaning: 'of the node’s addresses, at the end, by its own store',
      unit: 'ratio',
      ...trial,
    },
    addresses_api: {
      label: 'addresses, API',
      meaning: 'pods on the node whose status tells an address, whether they still have it or not',
      unit: 'addresses',
      counts: true,
      ...trial,
    },
    addresses_node: {
      label: 'addresses, node',
      meaning: 'addresses in use by the node’s own store: what is really taken',
      unit: 'addresses',
      counts: true,
      ...trial,
    },
    addresses_over_baseline: {
      label: 'addresses beyond the baseline',
      brief: 'beyond baseline',
      meaning: 'in use at the end, without those that were before the fleet was',
      unit: 'addresses',
      counts: true,
      ...trial,
    },
  }),
  start: async (context, { pool }) => {
    const { kube, namespace, node } = context
    const shell = nodeShell(context, 'A pool of addresses')
    const pods = new Map<string, string | undefined>()
    const watch = await watchObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace }, (object, change) => {
      const { metadata, spec, status } = object as V1Pod
      if (change === 'gone' || spec?.nodeName !== node) pods.delete(metadata?.uid ?? '')
      else pods.set(metadata?.uid ?? '', status?.podIP)
    })
    const reported = (): number => [...pods.values()].filter((address) => address !== undefined).length
    const startedMs = performance.now()
    const seen: { atMs: number; api: number; node: number; size: number }[] = []
    const look = async (): Promise<void> => {
      const { used, size } = await storeOf(shell, pool)
      seen.push({ atMs: Math.round(performance.now() - startedMs), api: reported(), node: used, size })
    }
    const sampling = lookEvery(1000, look)
    const over = (label: string, of: 'api' | 'node') => ({
      label,
      unit: 'addresses',
      points: seen.map((each): [number, number] => [each.atMs, each[of]]),
    })
    const series = () => ({ addresses_api: over('addresses, API', 'api'), addresses_node: over('addresses, node', 'node') })
    return {
      seen: () => ({ series: series() }),
      end: async () => {
        await sampling.end()
        await watch.stop()
        const [first, last] = [seen[0], seen.at(-1)]
        if (!first || !last) throw new Error('the probe reads the pool when it starts')
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
          series: series(),
        }
      },
      stop: () => {
        sampling.stop()
        void watch.stop()
      },
    }
  },
})

/** Files of host-local's store, one for each address in use, without other files such as its lock. */
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
