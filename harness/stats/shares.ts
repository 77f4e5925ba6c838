// How evenly requests fall on pods.
import { median, sum } from 'simple-statistics'

/** Requests per pod. */
export type Counts = Readonly<Record<string, number>>

/** Shares of the whole, one per pod; empty without requests. */
const shares = (counts: Counts): number[] => {
  const values = Object.values(counts)
  const total = sum(values)
  return total === 0 ? [] : values.map((value) => value / total)
}

/**
 * N_eff = 1 / Σ share², between 1 (one pod has all) and the number of pods (all even); 0 without requests.
 * The inverse Simpson index (Simpson 1949, "Measurement of Diversity"; Laakso and Taagepera 1979).
 */
export const effectivePods = (counts: Counts): number => {
  const all = shares(counts)
  return all.length === 0 ? 0 : 1 / sum(all.map((share) => share * share))
}

/** Share of the busiest pod, 0 to 1; 0 without requests. */
export const topShare = (counts: Counts): number => Math.max(0, ...shares(counts))

/** Median over the seconds that had requests of the busiest pod's share in that second. */
export const topSharePerSecondMedian = (perSecond: readonly Counts[]): number => {
  const tops = perSecond.map(topShare).filter((top) => top > 0)
  return tops.length === 0 ? 0 : median(tops)
}

/** Requests per pod over all seconds. */
export const totals = (perSecond: readonly Counts[]): Counts => {
  const all: Record<string, number> = {}
  for (const counts of perSecond) {
    for (const [pod, count] of Object.entries(counts)) all[pod] = (all[pod] ?? 0) + count
  }
  return all
}

/** Index of the first second in which each of the added ones, among `pods` in all, has at least half of an even share; undefined: there is none. */
export const firstLevelSecond = (perSecond: readonly Counts[], added: readonly string[], pods: number): number | undefined => {
  const index = perSecond.findIndex((counts) => added.every((pod) => (counts[pod] ?? 0) >= sum(Object.values(counts)) / pods / 2))
  return index === -1 ? undefined : index
}
