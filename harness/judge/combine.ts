// Combines trials into an arm's metrics: the value of each valid trial, one value for all, and its interval.
import { median, sum } from 'simple-statistics'
import type { MetricDefinitions } from '../model/metric.ts'
import type { Metric, ScenarioRun } from '../model/run.ts'
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import { medianInterval } from '../stats/bootstrap.ts'
import { fewestBlocks } from '../stats/signed-rank.ts'
import { spreadOf } from '../stats/spread.ts'
import { difference } from '../stats/pair.ts'
import type { Pair } from '../stats/pair.ts'

export type Metrics = Readonly<Record<string, Metric>>

/** Below this many blocks an interval of a value would be too hopeful. */
const enoughForInterval = fewestBlocks(0.05)

/**
 * Metrics that at least one valid trial has. A number that is not finite was not measured. `n` counts trials or requests, as the metric's
 * definition says: answered requests for a latency or a share, sent requests for a sum. `seed` null: without intervals, which decide nothing.
 */
export const combine = (trials: readonly Trial[], definitions: MetricDefinitions, seed: number | null): Metrics => {
  const valid = trials.filter(isValid).toSorted((a, b) => a.block - b.block)
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, { unit, combined, observation }]) => {
      const measured = valid.filter(({ metrics }) => Number.isFinite(metrics[name]))
      if (measured.length === 0) return []
      const blocks = measured.map(({ block, metrics }) => ({ block, value: metrics[name] ?? NaN }))
      const values = blocks.map(({ value }) => value)
      const interval =
        seed !== null && combined === 'median' && values.length >= enoughForInterval ? medianInterval(values, { seed }) : null
      const requests = measured.map(({ load }) => (combined === 'sum' ? load.sent : load.completed))
      const n = observation === 'request' ? sum(requests) : values.length
      return [[name, { value: combined === 'sum' ? sum(values) : middle(values), unit, n, blocks, combined, interval }]]
    }),
  )
}

const middle = (values: readonly number[]): number => median([...values])

/** The same metric of two arms, paired by block: trials of one block are close in time. Omits blocks that one arm lacks. */
export const inPairs = (arm: Metric | undefined, reference: Metric | undefined): (Pair & { readonly block: number })[] => {
  const references = new Map(reference?.blocks.map(({ block, value }) => [block, value]))
  return (arm?.blocks ?? []).flatMap(({ block, value }) => {
    const other = references.get(block)
    return other === undefined ? [] : [{ block, arm: value, reference: other }]
  })
}

/** A ratio needs numbers above 0. */
export const isRatio = ({ arm, reference }: Pair): boolean => arm > 0 && reference > 0

/** The A/A spread: difference between the two control trials of a block, median over the blocks. */
export const spread = (control: Metrics, second: Metrics): ScenarioRun['spread'] =>
  Object.fromEntries(
    Object.entries(control).flatMap(([name, metric]) => {
      const pairs = inPairs(metric, second[name])
      if (pairs.length === 0) return []
      const value = middle(pairs.map((pair) => Math.abs(difference(pair))))
      const ratio = pairs.every(isRatio) ? spreadOf(pairs).typical : null
      return [[name, { value, unit: metric.unit, ratio, n: pairs.length }]]
    }),
  )
