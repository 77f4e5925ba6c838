// What a remedy costs in numbers: what it adds to the latency of control, and the resources only it needs.
import type { ArmRun, Metric, ScenarioRun } from '../../model/run.ts'
import { allMetrics, armOfKind, unitOf } from './key-metrics.ts'

const resourceUnits = new Set(['millicores', 'MiB'])

/** What an arm has more of than control. `spread` is how far apart the blocks of control lie, in the same unit. */
export type Added = { readonly value: number; readonly unit: string; readonly spread: number }

const spreadOf = (metric: Metric): number =>
  metric.blocks.length < 2 ? 0 : Math.max(...metric.blocks) - Math.min(...metric.blocks)

/** The arm's value minus control's; null when either was not measured. */
export const addedToControl = (scenario: ScenarioRun, arm: ArmRun, name: string): Added | null => {
  const own = arm.metrics[name]
  const control = armOfKind(scenario, 'control')?.metrics[name]
  if (own === undefined || control === undefined) return null
  return { value: own.value - control.value, unit: own.unit, spread: spreadOf(control) }
}

/** Latency metrics that are compared with control. */
export const latencyMetrics = (scenario: ScenarioRun): string[] =>
  allMetrics(scenario)
    .filter((name) => /^latency_p\d+$/.test(name))
    .toSorted()

/** Metrics that count CPU or memory spent on a remedy. */
export const resourceMetrics = (scenario: ScenarioRun): string[] =>
  allMetrics(scenario).filter((name) => resourceUnits.has(unitOf(scenario, name)))

/** The arms that change something to repair the incident. */
export const remedies = (scenario: ScenarioRun): ArmRun[] =>
  scenario.arms.filter((arm) => arm.kind !== 'control' && arm.kind !== 'incident')
