// A latency at a percentile, read from the histogram that a load program wrote.
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'

/** Milliseconds; `percentile` from 0 to 100. The histogram counts microseconds. */
export const latencyMsAt = (histogram: string, percentile: number): number =>
  decodeFromCompressedBase64(histogram).getValueAtPercentile(percentile) / 1000
