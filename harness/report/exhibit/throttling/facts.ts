// Throttling and latency of one trial on one time axis: the data of the picture.
import type { ScenarioRun } from '../../../model/run.ts'
import { validTrialsOf } from '../../facts/arm-trials.ts'

/** Time that the containers were stopped between two readings, per 100 ms. */
export type Stop = { readonly fromMs: number; readonly toMs: number; readonly msPer100: number }

/**
 * One trial. A pod's quota also stops its containers, and both can do so at once, so the two times do not add up.
 * `r` is null if nothing was stopped, or nothing could be correlated.
 */
export type Throttling = {
  readonly block: number
  readonly windowMs: number
  readonly requests: readonly (readonly [dueMs: number, latencyMs: number])[]
  readonly stops: readonly Stop[]
  readonly podStops: readonly Stop[]
  readonly stoppedMs: number
  readonly podStoppedMs: number
  readonly r: number | null
}

type Points = readonly (readonly [atMs: number, stoppedMs: number])[]

const stopsOf = (points: Points): Stop[] =>
  points.slice(1).flatMap(([toMs, stoppedMs], index) => {
    const [fromMs, before] = points[index] ?? [toMs, stoppedMs]
    return toMs > fromMs ? [{ fromMs, toMs, msPer100: ((stoppedMs - before) / (toMs - fromMs)) * 100 }] : []
  })

const grown = (points: Points): number => (points.at(-1)?.[1] ?? 0) - (points[0]?.[1] ?? 0)

/** The first valid trial of an arm in which both were seen; null when there is none. */
export const throttlingOf = (scenario: ScenarioRun, arm: string): Throttling | null => {
  const trial = validTrialsOf(scenario.trials, arm).find(({ series, load }) => series['throttled_ms'] && load.requests)
  if (trial === undefined) return null
  const points = trial.series['throttled_ms']?.points ?? []
  const podPoints = trial.series['pod_throttled_ms']?.points ?? []
  return {
    block: trial.block,
    windowMs: trial.load.windowMs,
    requests: trial.load.requests ?? [],
    stops: stopsOf(points),
    podStops: stopsOf(podPoints),
    stoppedMs: grown(points),
    podStoppedMs: grown(podPoints),
    r: trial.metrics['throttling_latency_correlation'] ?? null,
  }
}
