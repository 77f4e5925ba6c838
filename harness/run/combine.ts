// From trials to an arm's metrics: the value of each valid trial, one value for all of them, and how far that may be off.
import { median, sum } from 'simple-statistics'
import type { Metric, ScenarioRun, Trial } from '../model/run.ts'
import type { MetricDefinition } from '../probe/probe.ts'
import { bootstrapInterval } from '../stats/bootstrap.ts'
import { enoughForInterval } from '../stats/blocks-needed.ts'

export type Definitions = Readonly<Record<string, MetricDefinition>>

/** Metrics that at least one valid trial yielded. `n` counts requests answered, or trials, as the metric's definition says. */
export const combine = (trials: readonly Trial[], definitions: Definitions, seed: number): Readonly<Record<string, Metric>> => {
  const valid = trials.filter((trial) => trial.invalid.length === 0).toSorted((a, b) => a.block - b.block)
  const answered = sum([0, ...valid.map((trial) => trial.load.completed)])
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { unit, combined, observation }]) => {
      const blocks = valid.map((trial) => trial.metrics[name]).filter((value) => value !== undefined)
      if (blocks.length === 0) return []
      const middle = (values: readonly number[]): number => median([...values])
      const value = combined === 'sum' ? sum(blocks) : middle(blocks)
      const interval =
        combined === 'median' && blocks.length >= enoughForInterval ? bootstrapInterval(blocks, middle, { seed }) : null
      return [[name, { value, unit, n: observation === 'request' ? answered : blocks.length, blocks, combined, interval }]]
    }),
  )
}

/** A/A: how far apart two trials of control in one block are: the median over the blocks. */
export const spread = (
  control: Readonly<Record<string, Metric>>,
  again: Readonly<Record<string, Metric>>,
): ScenarioRun['spread'] =>
  Object.fromEntries(
    Object.entries(control).flatMap(([name, { blocks, unit }]) => {
      const pairs = blocks.slice(0, again[name]?.blocks.length ?? 0)
      const differences = pairs.map((value, index) => Math.abs(value - (again[name]?.blocks[index] ?? NaN)))
      return differences.length === 0 ? [] : [[name, { value: median(differences), unit, n: differences.length }]]
    }),
  )
