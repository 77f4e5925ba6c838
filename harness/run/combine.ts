// From trials to an arm's metrics: the value of each valid trial, and one value for all of them.
import { median, sum } from 'simple-statistics'
import type { Metric, Trial } from '../model/run.ts'
import type { MetricDefinition } from '../probe/probe.ts'

/** Metrics that at least one valid trial yielded. `n` counts requests answered, or trials, as the metric's definition says. */
export const combine = (
  trials: readonly Trial[],
  definitions: Readonly<Record<string, MetricDefinition>>,
): Readonly<Record<string, Metric>> => {
  const valid = trials.filter((trial) => trial.invalid.length === 0)
  const answered = sum([0, ...valid.map((trial) => trial.load.completed)])
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { unit, combined, observation }]) => {
      const blocks = valid.map((trial) => trial.metrics[name]).filter((value) => value !== undefined)
      if (blocks.length === 0) return []
      const value = combined === 'sum' ? sum(blocks) : median(blocks)
      return [[name, { value, unit, n: observation === 'request' ? answered : blocks.length, blocks, combined }]]
    }),
  )
}
