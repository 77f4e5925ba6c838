// What older runs measured and the newer run lacks: scenarios, arms and metrics. Less evidence is never a better answer.
import { inPairs, isRatio } from '../judge/combine.ts'
import { armOfKind } from '../model/arm-kind.ts'
import type { Run, ScenarioRun } from '../model/run.ts'
import { fewestBlocks, measured } from './metric-move.ts'
import type { Lost } from './run-diff.ts'

/** `history`: older runs, oldest first. */
export const lostIn = (history: readonly Run[], newer: Run): Lost[] => {
  const slugs = new Set(history.flatMap(({ scenarios }) => scenarios.map(({ slug }) => slug)))
  return [...slugs].flatMap((slug) => {
    const before = history.flatMap(({ scenarios }) => scenarios.filter((each) => each.slug === slug))
    const after = newer.scenarios.find((each) => each.slug === slug)
    return after ? lostOf(before, after) : [{ scenario: slug, arm: null, metric: null, why: whyMissing(slug, newer) }]
  })
}

const whyMissing = (slug: string, { skipped }: Run): string => {
  const found = skipped.find((each) => each.slug === slug)
  return found ? `skipped in the newer run: ${found.reason}` : 'not in the newer run'
}

const lostOf = (history: readonly ScenarioRun[], newer: ScenarioRun): Lost[] => {
  const names = new Set(history.flatMap(({ arms }) => arms.map(({ name }) => name)))
  return [...names].flatMap((arm) =>
    newer.arms.some(({ name }) => name === arm)
      ? lostMetrics(arm, history, newer)
      : [{ scenario: newer.slug, arm, metric: null, why: 'not in the newer run' }],
  )
}

const lostMetrics = (arm: string, history: readonly ScenarioRun[], newer: ScenarioRun): Lost[] => {
  const metrics = new Set(
    history.flatMap((run) => Object.keys(run.metrics).filter((name) => run.metrics[name]?.better && measured(run, arm, name))),
  )
  return [...metrics].flatMap((metric) => {
    const why = whyNotCompared(arm, metric, newer)
    return why === undefined ? [] : [{ scenario: newer.slug, arm, metric, why }]
  })
}

/** Undefined: the metric is compared, or had no value that could get worse. */
const whyNotCompared = (arm: string, metric: string, newer: ScenarioRun): string | undefined => {
  const better = newer.metrics[metric]?.better
  if (!better) return 'arms are no longer compared by this metric'
  if (measured(newer, arm, metric)) return undefined
  const ofArm = newer.arms.find(({ name }) => name === arm)?.metrics[metric]
  const control = armOfKind(newer, 'control')?.metrics[metric]
  const pairs = inPairs(ofArm, control)
  if (pairs.length === 0) return 'not measured in the newer run'
  if (pairs.length < fewestBlocks)
    return `measured in ${pairs.length} block${pairs.length === 1 ? '' : 's'} of the newer run, but a comparison needs ${fewestBlocks}`
  const withoutRatio = pairs.filter((pair) => !isRatio(pair))
  const isAllGone = better === 'lower' && withoutRatio.length > 0 && withoutRatio.every((pair) => pair.arm === 0)
  return isAllGone ? undefined : 'has no ratio to control in the newer run'
}
