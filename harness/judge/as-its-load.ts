// Whether the metrics of a trial match its load: both are in run.json, so a mismatch shows an edit.
import type { MeasuredRun } from '../model/run.ts'
import type { LoadResult } from '../model/trial.ts'
import { latencyMsAt } from '../stats/histogram.ts'

/** These metrics, from the client's own counts; null: the load has no such number. */
const ofLoad: Readonly<Record<string, (load: LoadResult) => number | null>> = {
  latency_p50: ({ latencyUs }) => latencyUs && latencyUs.p50 / 1000,
  latency_p90: ({ latencyUs, latencyHistogram }) => latencyUs && latencyMsAt(latencyHistogram, 90),
  latency_p95: ({ latencyUs, latencyHistogram }) => latencyUs && latencyMsAt(latencyHistogram, 95),
  latency_p99: ({ latencyUs }) => latencyUs && latencyUs.p99 / 1000,
  requests: ({ intended }) => intended,
  failed_requests: ({ failed }) => failed,
}

/** Tolerance for numbers that were written and read again. */
const rounding = 1e-6

/** A line for each metric of a trial that differs from its load. */
export const loadMismatches = ({ scenarios }: Pick<MeasuredRun, 'scenarios'>): string[] =>
  scenarios.flatMap(({ slug, trials }) =>
    trials.flatMap(({ arm, order, metrics, load }) =>
      Object.entries(ofLoad).flatMap(([name, read]) => {
        const metric = metrics[name]
        if (metric === undefined) return []
        const counted = read(load)
        if (counted !== null && isSame(metric, counted)) return []
        return [`${slug}, ${arm}, trial ${order + 1}: ${name} is ${metric}, but its load has ${counted ?? 'none'}`]
      }),
    ),
  )

const isSame = (one: number, other: number): boolean =>
  Math.abs(one - other) <= rounding * Math.max(Math.abs(one), Math.abs(other))
