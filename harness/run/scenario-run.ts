// What run.json says of a scenario: its trials, judged, with everything a reader needs to follow the judgement.
import type { ScenarioRun, Trial } from '../model/run.ts'
import type { Pace, Scenario } from '../model/scenario.ts'
import { expectedVerdict } from '../model/verdict.ts'
import { manifestFiles, readManifestFile } from './arm-manifests.ts'
import { judge } from './judge.ts'
import type { ReadyProbe } from './probes.ts'

interface Parts {
  readonly scenario: Scenario
  readonly folder: string
  readonly arms: readonly string[]
  readonly pace: Pace
  readonly probes: readonly Pick<ReadyProbe, 'metrics'>[]
  readonly trials: readonly Trial[]
  readonly complete: boolean
}

export const scenarioRun = async ({
  scenario,
  folder,
  arms: names,
  pace,
  probes,
  trials,
  complete,
}: Parts): Promise<ScenarioRun> => {
  const { slug, title, story, sources, trial, expect } = scenario
  const selected = Object.fromEntries(Object.entries(scenario.arms).filter(([name]) => names.includes(name)))
  const definitions = Object.assign({}, ...probes.map((probe) => probe.metrics))
  const judged = judge({ arms: selected, expect, definitions, trials })
  const arms = await Promise.all(
    Object.entries(selected).map(async ([name, { kind, summary, costs, difference, appliedAt }]) => {
      const { verdict = 'inconclusive' as const, reason = '', metrics = {} } = judged[name] ?? {}
      const expected = expectedVerdict(kind)
      const proof = trials.filter((each) => each.arm === name).flatMap((each) => each.proof)
      const changes = difference ? { ...(await readManifestFile(folder, difference)), appliedAt } : null
      return {
        name,
        kind,
        summary,
        verdict,
        expected,
        asExpected: verdict === expected,
        reason,
        proof,
        costs,
        metrics,
        difference: changes,
      }
    }),
  )
  const incident = arms.find((arm) => arm.kind === 'incident')
  return {
    slug,
    title,
    story,
    sources,
    complete,
    arms,
    trials: [...trials],
    verdict: incident?.verdict ?? 'inconclusive',
    reason: incident?.reason ?? '',
    method: { ...pace, rateRps: trial.load.rateRps, limits: trial.limits, expect },
    manifests: [...(await manifestFiles(folder))],
  }
}
