// Requests per pod, in total and per second, from the replies themselves. If pods were added under load, the shares cover
// the time when all of them were ready.
import type { V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import type { LoadResult } from '../../model/trial.ts'
import { effectivePods, firstLevelSecond, topShare, topSharePerSecondMedian, totals } from '../../stats/shares.ts'
import type { Counts } from '../../stats/shares.ts'
import { defineProbe } from '../kit/probe.ts'
import { runningPods } from '../kit/pods.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    pods: {
      label: 'pods',
      meaning: 'server pods that were ready',
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    even_share: {
      label: 'even share',
      meaning: '1 / pods: the share of each pod if they shared evenly',
      unit: 'ratio',
      combined: 'median',
      observation: 'trial',
    },
    effective_pods: {
      label: 'effective pods',
      brief: 'eff. pods',
      meaning: '1 / Σ share²: how many pods would carry this load if they shared it evenly',
      decimals: 2,
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'request',
    },
    top_share: {
      label: 'top share',
      meaning: 'share of all replies that came from the busiest pod',
      unit: 'ratio',
      combined: 'median',
      observation: 'request',
    },
    top_share_per_second_median: {
      label: 'top share, per second',
      brief: 'top share/s',
      meaning: 'share of the busiest pod within a second, median over the seconds: it tells sharing from taking turns',
      unit: 'ratio',
      combined: 'median',
      observation: 'request',
    },
    requests_to_added_pods: {
      label: 'requests to added pods',
      meaning: 'replies from pods that were added later',
      unit: 'requests',
      counts: true,
      combined: 'sum',
      observation: 'request',
    },
    added_pods_level_after: {
      label: 'added pods level after',
      meaning: 'time from the change under load to the first second in which each added pod answered half of an even share',
      unit: 's',
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async (context) => ({
    end: async ({ load, change }) => {
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

/** Undefined if the window had ended before. */
const shares = (perSecond: readonly Counts[]): Record<string, number> => {
  if (perSecond.length === 0) return {}
  const counts = totals(perSecond)
  return {
    effective_pods: effectivePods(counts),
    top_share: topShare(counts),
    top_share_per_second_median: topSharePerSecondMedian(perSecond),
  }
}

/** The first second of the window that begins when every pod was ready. The API server gives whole seconds, rounded down. */
const firstWholeSecond = (pods: readonly V1Pod[], { startedAt }: LoadResult): number => {
  const ready = pods.map(
    ({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime?.getTime() ?? 0,
  )
  return Math.max(0, Math.ceil((Math.max(...ready) + 1000 - Date.parse(startedAt)) / 1000))
}
