// The latency of an arm over all its valid trials: the histograms added up, read at a percentile.
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { Trial } from '../../../model/trial.ts'
import { validTrialsOf } from '../../facts/arm-trials.ts'

/** A latency in milliseconds at a quantile between 0 and 1. */
export type LatencyPoint = { readonly quantile: number; readonly latencyMs: number }

/** Latency of `n` requests; `at` answers in milliseconds. */
type MergedLatency = { readonly n: number; readonly at: (quantile: number) => number }

/** Adds up the histograms of the valid trials of an arm; null when none of them has a reply. */
export const mergedLatency = (trials: readonly Trial[], arm: string): MergedLatency | null => {
  const merged = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true })
  for (const { load } of validTrialsOf(trials, arm)) {
    if (load.latencyUs !== null) merged.add(decodeFromCompressedBase64(load.latencyHistogram))
  }
  if (merged.totalCount === 0) return null
  return { n: merged.totalCount, at: (quantile) => merged.getValueAtPercentile(quantile * 100) / 1000 }
}

/** Position of a quantile on an axis where each further nine has equal width: 0, 90, 99, 99.9 % are at 0, 1, 2, 3. */
export const nineScale = (quantile: number): number => -Math.log10(1 - quantile)

/** The quantiles that are named on the axis and marked on the curves. */
export const namedQuantiles: readonly number[] = [0, 0.5, 0.9, 0.99, 0.999]

const steps = 60

/** The curve from the fastest reply to 99.9 %, at most to where one observation lies beyond. */
export const latencyCurve = (latency: MergedLatency): LatencyPoint[] => {
  const end = Math.min(3, Math.log10(latency.n))
  const between = Array.from({ length: steps }, (_, step) => 1 - 10 ** (-(end * step) / steps))
  return [...new Set([...between, ...namedQuantiles])]
    .filter((quantile) => nineScale(quantile) <= end + 1e-9)
    .toSorted((a, b) => a - b)
    .map((quantile) => ({ quantile, latencyMs: latency.at(quantile) }))
}
