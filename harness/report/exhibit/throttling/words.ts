// What the picture of throttling and latency says of an arm, in words.
import { figure, quantity } from '../../write/quantity.ts'
import type { Throttling } from './facts.ts'

/** `never stopped`, or how long, and how latency went along with it. */
export const throttlingWords = ({ stoppedMs, podStoppedMs, r, requests, windowMs }: Throttling): string => {
  if (stoppedMs === 0 && podStoppedMs === 0) return 'never stopped'
  const times = `${quantity(stoppedMs / 1000, 's')} by the container’s quota, ${quantity(podStoppedMs / 1000, 's')} by its pod’s`
  const stopped = `stopped for ${times}, in a window of ${quantity(windowMs / 1000, 's', 0)}`
  return r === null ? stopped : `r = ${figure(r, 'r')} (n = ${figure(requests.length, 'requests')}); ${stopped}`
}

/** What the picture holds. */
export const throttlingLead =
  'One trial of each arm, the first that counts, all on the same scales. Upwards, each request at the time it was due, as high as its latency. Downwards, how long it was stopped in each 100 ms, by the quota of its container and, paler, by that of its pod, which may be at it at once; the kernel counts a stop when it ends. r is Pearson’s correlation between a request’s latency and the longer of the two meanwhile.'
