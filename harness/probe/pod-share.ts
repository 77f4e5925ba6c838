// Who answered: requests per pod, in total and per second, from the replies themselves.
import * as z from 'zod'
import { effectivePods, topShare, topSharePerSecondMedian, totals } from '../stats/shares.ts'
import { defineProbe } from './probe.ts'
import { podNames } from './pods.ts'

export const probe = defineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    pods: { unit: 'pods', combined: 'median', observation: 'trial' },
    even_share: { unit: 'ratio', combined: 'median', observation: 'trial' },
    effective_pods: { unit: 'pods', combined: 'median', observation: 'request' },
    top_share: { unit: 'ratio', combined: 'median', observation: 'request' },
    top_share_per_second_median: { unit: 'ratio', combined: 'median', observation: 'request' },
    requests_to_added_pods: { unit: 'requests', combined: 'sum', observation: 'request' },
  }),
  start: async (context) => {
    const now = await podNames(context.kube, context.namespace, context.servers)
    return {
      end: async (load) => {
        const perSecond = load.perSecond.map((second) => second.pods)
        const counts = totals(perSecond)
        const toAdded = Object.entries(counts)
          .filter(([pod]) => !context.pods.includes(pod))
          .reduce((sum, [, count]) => sum + count, 0)
        const metrics = {
          pods: now.length,
          even_share: 1 / now.length,
          effective_pods: effectivePods(counts),
          top_share: topShare(counts),
          top_share_per_second_median: topSharePerSecondMedian(perSecond),
          requests_to_added_pods: toAdded,
        }
        return { metrics }
      },
    }
  },
})
