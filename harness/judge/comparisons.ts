// Comparisons of arms with control and the incident, decided over all of a run together: of dozens, some would differ by chance.
import { armOfKind } from '../model/arm-kind.ts'
import type { ArmRun, Comparison, ScenarioRun } from '../model/run.ts'
import { compare, pValueOf } from '../stats/compare.ts'
import { holm } from '../stats/holm.ts'
import type { Pair } from '../stats/pair.ts'
import { fewestBlocks } from '../stats/signed-rank.ts'
import { inPairs, isRatio } from './combine.ts'

/** Of one false difference among all comparisons of a run. */
const level = 0.05

/** An arm and its reference, block by block. */
interface Compared {
  readonly slug: string
  readonly arm: string
  readonly metric: string
  readonly with: Comparison['with']
  readonly better: 'lower' | 'higher'
  readonly spread: number
  readonly pairs: readonly Pair[]
}

export type WithoutComparisons = Omit<ScenarioRun, 'arms'> & { readonly arms: readonly Omit<ArmRun, 'comparisons'>[] }

/**
 * Scenarios with the comparisons of their arms. Where all comparisons of the run have blocks enough, those are different whose p-value, adjusted for
 * all (Holm), is at most 5 %. One with too few blocks to be different however its blocks are keeps the rule of `compare` for few blocks.
 */
export const withComparisons = (scenarios: readonly WithoutComparisons[]): ScenarioRun[] => {
  const all = scenarios.flatMap(comparedIn)
  const fewest = fewestBlocks(level / Math.max(1, all.length))
  const tested = all.filter(({ pairs }) => pairs.length >= fewest)
  const adjusted = holm(
    tested.map(({ pairs }) => pValueOf(pairs)),
    all.length,
  )
  const pOf = new Map(tested.map((each, index) => [each, adjusted[index] ?? 1]))
  const found = all.map((each) => {
    const { slug, arm, metric, pairs, better, spread } = each
    const p = pOf.get(each) ?? null
    return { slug, arm, comparison: { metric, with: each.with, ...compare(pairs, { better, spread, p }) } }
  })
  return scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.map((arm) => ({
      ...arm,
      comparisons: found.flatMap((each) => (each.slug === scenario.slug && each.arm === arm.name ? [each.comparison] : [])),
    })),
  }))
}

/** Metrics with a better direction, where the noise is known. */
const comparedIn = (scenario: WithoutComparisons): Compared[] => {
  const references = (['control', 'incident'] as const).map((kind) => ({ kind, reference: armOfKind(scenario, kind) }))
  return scenario.arms.flatMap((arm) =>
    references.flatMap(({ kind, reference }) =>
      arm.kind === 'control' || arm.kind === kind
        ? []
        : Object.entries(scenario.metrics).flatMap(([metric, { better }]): Compared[] => {
            const pairs = inPairs(arm.metrics[metric], reference?.metrics[metric]).filter(isRatio)
            const spread = scenario.spread[metric]?.ratio ?? null
            if (!better || pairs.length === 0 || spread === null) return []
            return [{ slug: scenario.slug, arm: arm.name, metric, with: kind, better, spread, pairs }]
          }),
    ),
  )
}
