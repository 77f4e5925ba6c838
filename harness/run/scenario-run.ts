// What run.json says of a scenario: its trials, judged, with everything a reader needs to follow the judgement.
import type { ArmRun, EpisodeMethod, ScenarioRun, Trial } from '../model/run.ts'
import type { Pace, Scenario } from '../model/scenario.ts'
import { expectedVerdict } from '../model/verdict.ts'
import type { ScenarioFiles } from './arm-manifests.ts'
import { judge } from './judge.ts'
import { predict } from './predict.ts'
import type { ReadyProbe } from './probes.ts'

interface Parts {
  readonly scenario: Scenario
  readonly files: ScenarioFiles
  readonly arms: readonly string[]
  readonly pace: Pace
  readonly rateRps: number
  readonly capacityRps: number | null
  readonly seed: number
  readonly probes: readonly Pick<ReadyProbe, 'metrics'>[]
  readonly trials: readonly Trial[]
  /** Null: steady load. */
  readonly episode: EpisodeMethod | null
  readonly complete: boolean
}

export const scenarioRun = async (parts: Parts): Promise<ScenarioRun> => {
  const { scenario, files, rateRps, capacityRps, trials, episode } = parts
  const { blocks, warmup, window } = parts.pace
  const { slug, title, story, sources, trial, expect } = scenario
  const selected = Object.fromEntries(Object.entries(scenario.arms).filter(([name]) => parts.arms.includes(name)))
  const definitions = Object.assign({}, ...parts.probes.map((probe) => probe.metrics))
  const judged = judge({ kind: trial.kind, arms: selected, expect, definitions, trials, seed: parts.seed })
  const prediction = await predict(scenario, judged.arms, rateRps)
  const arms = Object.entries(selected).map(([name, arm]): ArmRun => {
    const {
      verdict = 'inconclusive' as const,
      reason = '',
      outcome = null,
      metrics = {},
      comparisons = [],
    } = judged.arms[name] ?? {}
    const expected = expectedVerdict(arm)
    return {
      name,
      kind: arm.kind,
      summary: arm.summary,
      verdict,
      expected,
      asExpected: verdict === expected,
      reason,
      outcome,
      proof: trials.filter((each) => each.arm === name).flatMap((each) => each.proof),
      costs: arm.costs,
      costAgainst: arm.costAgainst ?? null,
      metrics,
      comparisons: [...comparisons],
      predictions: prediction?.arms[name] ?? [],
      differences: [...(files.differences.get(name) ?? [])],
    }
  })
  const incident = arms.find((arm) => arm.kind === 'incident')
  return {
    slug,
    title,
    story,
    sources,
    complete: parts.complete,
    arms,
    trials: [...trials],
    verdict: incident?.verdict ?? 'inconclusive',
    reason: incident?.reason ?? '',
    method: {
      blocks,
      warmup,
      window,
      rateRps,
      capacityRps,
      limits: trial.limits,
      expect,
      prediction: prediction?.told ?? null,
      episode,
    },
    spread: judged.spread,
    manifests: [...files.manifests, ...files.pace],
  }
}
