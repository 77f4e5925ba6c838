// Costs of a remedy in numbers: added latency, and the resources that only it needs.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from './episode.ts'
import { allMetrics, unitOf } from './key-metrics.ts'

const resourceUnits = new Set(['millicores', 'MiB'])

/**
 * Difference of an arm from its reference. `spread`: the A/A spread in the same unit; null if no block has two control trials.
 * `against`: the reference; null: control.
 */
export type Added = {
  readonly value: number
  readonly unit: string
  readonly spread: number | null
  readonly against: string | null
}

/** The arm's value minus that of its reference; null if either was not measured. */
export const added = (scenario: ScenarioRun, arm: ArmRun, name: string): Added | null => {
  const chosen = scenario.arms.find((each) => each.name === arm.costAgainst && each.metrics[name] !== undefined)
  const own = arm.metrics[name]
  const other = (chosen ?? armOfKind(scenario, 'control'))?.metrics[name]
  if (own === undefined || other === undefined) return null
  const spread = scenario.spread[name]?.value ?? null
  return { value: own.value - other.value, unit: own.unit, spread, against: chosen?.name ?? null }
}

/** Remarks on an added value: its reference, and whether it exceeds the noise. */
export const addedRemarks = ({ value, spread, against }: Added): string[] => [
  ...(against === null ? [] : [`against ${against}`]),
  ...(spread === null ? ['no A/A spread to compare with'] : Math.abs(value) <= spread ? ['within the A/A spread'] : []),
]

/** Latency metrics that are compared with control; none for episodes, where the latency of a few calls is noise. */
export const latencyMetrics = (scenario: ScenarioRun): string[] =>
  isEpisodic(scenario)
    ? []
    : allMetrics(scenario)
        .filter((name) => /^latency_p\d+$/.test(name))
        .toSorted()

/** Metrics of CPU or memory that neither control nor the incident has: the cost of a remedy. */
export const resourceMetrics = (scenario: ScenarioRun): string[] =>
  allMetrics(scenario).filter(
    (name) =>
      resourceUnits.has(unitOf(scenario, name)) &&
      armOfKind(scenario, 'control')?.metrics[name] === undefined &&
      armOfKind(scenario, 'incident')?.metrics[name] === undefined,
  )

const unrepaired: ReadonlySet<ArmRun['kind']> = new Set(['control', 'incident', 'variant'])

/** Remedies and trade-offs. */
export const changes = (scenario: ScenarioRun): ArmRun[] => scenario.arms.filter((arm) => !unrepaired.has(arm.kind))
