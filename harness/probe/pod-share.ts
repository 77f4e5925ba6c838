// Who answered: requests per pod, in total and per second, from the replies themselves. Where pods were added under load, the shares are those
// of the time when all of them were ready.
import type { V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import type { LoadResult } from '../model/run.ts'
import { effectivePods, firstLevelSecond, topShare, topSharePerSecondMedian, totals } from '../stats/shares.ts'
import type { Counts } from '../stats/shares.ts'
import { defineProbe } from './probe.ts'
import { runningPods } from './pods.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    pods: { unit: 'pods', combined: 'median', observation: 'trial' },
    even_share: { unit: 'ratio', combined: 'median', observation: 'trial' },
    effective_pods: { unit: 'pods', combined: 'median', observation: 'request' },
    top_share: { unit: 'ratio', combined: 'median', observation: 'request' },
    top_share_per_second_median: { unit: 'ratio', combined: 'median', observation: 'request' },
    requests_to_added_pods: { unit: 'requests', combined: 'sum', observation: 'request' },
    added_pods_level_after: { unit: 's', combined: 'median', observation: 'trial' },
  }),
  start: async (context) => ({
    end: async (load, _host, _timeline, change) => {
      const { kube, namespace, servers } = context
      const now = await runningPods(kube, namespace, servers)
      const perSecond = load.perSecond.map((second) => second.pods)
      const settled = change ? perSecond.slice(firstWholeSecond(now, load)) : perSecond
      const added = now.map(({ metadata }) => metadata?.name ?? '').filter((pod) => !context.pods.includes(pod))
      const counts = totals(perSecond)
      const level = added.length > 0 ? firstLevelSecond(perSecond, added, now.length) : undefined
      return {
        metrics: {
          pods: now.length,
          even_share: 1 / now.length,
          requests_to_added_pods: added.reduce((sum, pod) => sum + (counts[pod] ?? 0), 0),
          ...shares(settled),
          ...(change && level !== undefined ? { added_pods_level_after: level - change.atMs / 1000 } : {}),
        },
      }
    },
  }),
})

/** None where the window was over before. */
const shares = (perSecond: readonly Counts[]): Record<string, number> => {
  if (perSecond.length === 0) return {}
  const counts = totals(perSecond)
  return {
    effective_pods: effectivePods(counts),
    top_share: topShare(counts),
    top_share_per_second_median: topSharePerSecondMedian(perSecond),
  }
}

/** The first second of the window that begins when every pod was ready. The API server tells whole seconds, the beginning of the one it was. */
const firstWholeSecond = (pods: readonly V1Pod[], { startedAt }: LoadResult): number => {
  const ready = pods.map(
    ({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime?.getTime() ?? 0,
  )
  return Math.max(0, Math.ceil((Math.max(...ready) + 1000 - Date.parse(startedAt)) / 1000))
}
