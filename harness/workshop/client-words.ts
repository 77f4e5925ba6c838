// The latest results of the exercise's client, in one line, as on a dashboard.
import type { LoadResult } from '../model/trial.ts'

/** A text says why nothing was sent. */
export const clientWords = (last: LoadResult | string | undefined): string => {
  if (last === undefined) return 'the first requests are on their way'
  if (typeof last === 'string') return `nothing was sent: ${last}`
  const { sent, failed, latencyUs, perSecond, windowMs } = last
  const latency = latencyUs ? `, p50 ${ms(latencyUs.p50)}, p99 ${ms(latencyUs.p99)}` : ''
  const byPod = new Map<string, number>()
  for (const { pods } of perSecond)
    for (const [pod, replies] of Object.entries(pods)) byPod.set(pod, (byPod.get(pod) ?? 0) + replies)
  const shares = [...byPod].toSorted(([, a], [, b]) => b - a).map(([pod, replies]) => `${pod} ${replies}`)
  const answered = shares.length > 0 ? `; answered by ${shares.join(', ')}` : ''
  return `${sent} requests in ${Math.round(windowMs / 1000)} s, ${failed} failed${latency}${answered}`
}

const ms = (us: number): string => `${Math.round(us / 1000)} ms`
