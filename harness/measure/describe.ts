// The description of a scenario in run.json before judgement: its files at the time, rules, metrics, and trials.
import type { Design } from '../model/design.ts'
import type { MetricDefinitions } from '../model/metric.ts'
import type { EpisodeMethod, MeasuredArm, MeasuredScenario } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import type { Arm, Pace, Scenario } from '../model/scenario.ts'
import { expectedVerdict } from '../model/arm-kind.ts'
import type { ReadyProbe } from '../probe/kit/find-probe.ts'
import type { ScenarioFiles } from '../scenario/arm-manifests.ts'
import { pathOf } from '../scenario/path-of.ts'

interface Parts {
  readonly scenario: Scenario
  /** Its folder. */
  readonly folder: string
  readonly files: ScenarioFiles
  /** Names of the arms to run. */
  readonly arms: readonly string[]
  readonly pace: Pace
  /** Absent for a check of a workshop, and for the content alone. */
  readonly design?: Design
  readonly rateRps: number
  readonly capacityRps: number | null
  readonly probes: readonly Pick<ReadyProbe, 'metrics'>[]
  readonly trials: readonly Trial[]
  /** Null: steady load. */
  readonly episode: EpisodeMethod | null
  readonly complete: boolean
}

export const describeScenario = ({ scenario, folder, files, arms, pace, ...parts }: Parts): MeasuredScenario => {
  const { slug, title, story, sources, headline = null, trial, expect, predict = null } = scenario
  const { blocks, warmup, window } = pace
  const { rateRps, capacityRps, episode, complete } = parts
  const path = pathOf(folder)
  return {
    slug,
    ...(path === undefined ? {} : { folder: path }),
    title,
    story,
    sources,
    headline,
    complete,
    ...(parts.design && { design: parts.design }),
    method: { blocks, warmup, window, rateRps, capacityRps, limits: trial.limits, expect, model: predict, episode },
    metrics: metricsOf(parts.probes),
    manifests: [...files.manifests, ...files.pace],
    arms: chosen(scenario, arms).map(([name, arm]): MeasuredArm => ({
      ...shown(name, arm),
      costs: arm.costs,
      costAgainst: arm.costAgainst ?? null,
      differences: [...(files.differences.get(name) ?? [])],
    })),
    trials: parts.trials.toSorted((a, b) => a.order - b.order),
  }
}

const chosen = (scenario: Scenario, arms: readonly string[]) =>
  Object.entries(scenario.arms).filter(([name]) => arms.includes(name))

const shown = (name: string, arm: Arm) => ({ name, kind: arm.kind, summary: arm.summary, expected: expectedVerdict(arm) })

/** Announces a scenario before it is measured. */
export const announce = (scenario: Scenario, arms: readonly string[]) => ({
  slug: scenario.slug,
  title: scenario.title,
  arms: chosen(scenario, arms).map(([name, arm]) => shown(name, arm)),
})

/** Metrics of all probes of a scenario. */
export const metricsOf = (probes: readonly Pick<ReadyProbe, 'metrics'>[]): MetricDefinitions =>
  Object.fromEntries(probes.flatMap(({ metrics }) => Object.entries(metrics)))
