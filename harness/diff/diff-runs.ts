// Two runs side by side: which verdicts changed, which metrics moved, what Kubernetes words otherwise, and what differs around them.
import { LabError } from '../model/lab-error.ts'
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import { metricMoves } from './metric-move.ts'
import { changedContent, changedEnvironment } from './surroundings.ts'
import type { About, ArmDiff, RunDiff, ScenarioDiff } from './run-diff.ts'
import { changedWordings } from './wording.ts'

/** What differs. Two runs that cannot be laid side by side are an error. */
export const diffRuns = (older: Run, newer: Run): RunDiff => {
  for (const [run, which] of [
    [older, 'older'],
    [newer, 'newer'],
  ] as const)
    if (run.finishedAt === null) throw unusable(`The ${which} run was cut off`, 'run it again to its end')
  if (older.startedAt === newer.startedAt && older.seed === newer.seed)
    throw unusable('Both are the same run', 'name two runs, the older one first')
  const common = older.scenarios.flatMap((before) => {
    const after = newer.scenarios.find(({ slug }) => slug === before.slug)
    return after ? [[before, after] as const] : []
  })
  if (common.length === 0) throw unusable(`They have no scenario in common: ${slugs(older)} · ${slugs(newer)}`)
  const scenarios = common.map(([before, after]) => diffScenario(before, after))
  const unmatched = [...unmatchedIn(older, newer, 'newer'), ...unmatchedIn(newer, older, 'older')]
  return {
    schemaVersion: 1,
    answer: answerOf(scenarios, unmatched),
    older: about(older),
    newer: about(newer),
    environment: changedEnvironment(older.environment, newer.environment),
    scenarios,
    unmatched,
  }
}

const unusable = (what: string, next?: string): LabError => new LabError(what, { exit: 'usage', ...(next ? { next } : {}) })

const slugs = ({ scenarios }: Run): string => scenarios.map(({ slug }) => slug).join(', ') || 'none'

const about = ({ startedAt, seed, mode }: Run): About => ({ startedAt, seed, mode })

const unmatchedIn = (run: Run, other: Run, which: 'older' | 'newer'): RunDiff['unmatched'] =>
  run.scenarios
    .filter(({ slug }) => !other.scenarios.some((each) => each.slug === slug))
    .map(({ slug }) => {
      const skipped = other.skipped.find((each) => each.slug === slug)
      return { slug, why: skipped ? `skipped in the ${which} run: ${skipped.reason}` : `not in the ${which} run` }
    })

const diffScenario = (older: ScenarioRun, newer: ScenarioRun): ScenarioDiff => {
  const lacking = (of: ScenarioRun, other: ScenarioRun): string[] =>
    of.arms.map(({ name }) => name).filter((name) => !other.arms.some((each) => each.name === name))
  return {
    slug: newer.slug,
    content: changedContent(older, newer),
    arms: newer.arms.flatMap((after) => {
      const before = older.arms.find(({ name }) => name === after.name)
      if (!before) return []
      return [
        {
          name: after.name,
          verdict: { older: before.verdict, newer: after.verdict, change: changeOf(before, after), reason: after.reason },
          metrics: metricMoves(after.name, older, newer),
        },
      ]
    }),
    wordings: changedWordings(proofOf(older, newer), proofOf(newer, older)),
    unmatched: { older: lacking(older, newer), newer: lacking(newer, older) },
  }
}

/** Of the arms that the other run has, too. */
const proofOf = ({ arms }: ScenarioRun, other: ScenarioRun): string[] =>
  arms.filter(({ name }) => other.arms.some((each) => each.name === name)).flatMap(({ proof }) => proof)

/** A regression is what was as expected and is not any more. Where either run has no answer, neither has the comparison. */
const changeOf = (older: ArmRun, newer: ArmRun): ArmDiff['verdict']['change'] => {
  if (newer.verdict === 'inconclusive' || older.verdict === 'inconclusive') return newer.asExpected ? 'recovered' : 'unclear'
  if (newer.verdict === older.verdict) return 'same'
  if (older.asExpected) return 'regressed'
  return newer.asExpected ? 'recovered' : 'other'
}

/** An arm by which a comparison is a regression. */
export const isWorse = ({ verdict, metrics }: ArmDiff): boolean =>
  verdict.change === 'regressed' || metrics.some(({ answer }) => answer === 'worse')

const answerOf = (scenarios: readonly ScenarioDiff[], unmatched: RunDiff['unmatched']): RunDiff['answer'] => {
  const arms = scenarios.flatMap((scenario) => scenario.arms)
  if (arms.some(isWorse)) return 'regressed'
  const isUnclear = arms.length === 0 || arms.some(({ verdict }) => verdict.change === 'unclear')
  return isUnclear || unmatched.some(({ why }) => why.startsWith('skipped in the newer')) ? 'unclear' : 'nothing'
}
