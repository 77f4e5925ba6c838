// What a remedy costs in numbers: what it adds to the latency, and the resources only it needs.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from './episode.ts'
import { allMetrics, unitOf } from './key-metrics.ts'

const resourceUnits = new Set(['millicores', 'MiB'])

/**
 * What an arm has more of than the one it is compared with. `spread` is how far two trials of control are apart, the median over blocks, in the same unit; null where no block has two.
 * `against` is null where it is control.
 */
export type Added = {
  readonly value: number
  readonly unit: string
  readonly spread: number | null
  readonly against: string | null
}

/** The arm's value minus that of the arm it is compared with, or control's; null when either was not measured. */
export const added = (scenario: ScenarioRun, arm: ArmRun, name: string): Added | null => {
  const chosen = scenario.arms.find((each) => each.name === arm.costAgainst && each.metrics[name] !== undefined)
  const own = arm.metrics[name]
  const other = (chosen ?? armOfKind(scenario, 'control'))?.metrics[name]
  if (own === undefined || other === undefined) return null
  const spread = scenario.spread[name]?.value ?? null
  return { value: own.value - other.value, unit: own.unit, spread, against: chosen?.name ?? null }
}

/** What is said below an added value: whom it is compared with, and whether it is more than nothing. */
export const addedRemarks = ({ value, spread, against }: Added): string[] => [
  ...(against === null ? [] : [`against ${against}`]),
  ...(spread === null ? ['no A/A spread to compare with'] : Math.abs(value) <= spread ? ['within the A/A spread'] : []),
]

/** Latency metrics that are compared with control; none of episodes, where the latency of a few calls is noise. */
export const latencyMetrics = (scenario: ScenarioRun): string[] =>
  isEpisodic(scenario)
    ? []
    : allMetrics(scenario)
        .filter((name) => /^latency_p\d+$/.test(name))
        .toSorted()

/** Metrics that count CPU or memory which neither control nor the incident has: it is spent on a remedy. */
export const resourceMetrics = (scenario: ScenarioRun): string[] =>
  allMetrics(scenario).filter(
    (name) =>
      resourceUnits.has(unitOf(scenario, name)) &&
      armOfKind(scenario, 'control')?.metrics[name] === undefined &&
      armOfKind(scenario, 'incident')?.metrics[name] === undefined,
  )

const unrepaired: ReadonlySet<ArmRun['kind']> = new Set(['control', 'incident', 'variant'])

/** The arms that repair something: remedies, and what they expose the system to. */
export const changes = (scenario: ScenarioRun): ArmRun[] => scenario.arms.filter((arm) => !unrepaired.has(arm.kind))
