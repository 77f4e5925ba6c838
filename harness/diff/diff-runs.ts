// Runs side by side: which verdicts changed, which metrics moved, what Kubernetes words otherwise, and what differs around them.
import { LabError } from '../model/lab-error.ts'
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import { acknowledgedBy, hasEnded, speaksOf } from './acknowledged.ts'
import type { Acknowledged, Acknowledgement } from './acknowledged.ts'
import { metricMoves } from './metric-move.ts'
import { changedContent, changedEnvironment } from './surroundings.ts'
import type { About, ArmDiff, RunDiff, ScenarioDiff } from './run-diff.ts'
import { changedWordings } from './wording.ts'

/**
 * What differs from older runs, one at least, to a newer one. Runs that cannot be laid side by side are an error. What is acknowledged is
 * worse and no regression, unless that has ended when the newer run begins: so the same runs are always answered the same.
 */
export const diffRuns = (runs: readonly Run[], newer: Run, acknowledged: readonly Acknowledgement[] = []): RunDiff => {
  const history = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const older = history.at(-1)
  if (!older) throw unusable('There is one run alone', 'name two or more, the newer one last')
  checkComparable(history, newer)
  const common = newer.scenarios.flatMap((after) => {
    const before = history.flatMap(({ scenarios }) => scenarios.filter(({ slug }) => slug === after.slug))
    return before.length > 0 ? [[before, after] as const] : []
  })
  if (common.length === 0) throw unusable(`They have no scenario in common: ${slugsOf(history)} · ${slugsOf([newer])}`)
  const holding = acknowledged.filter((each) => !hasEnded(each, newer.startedAt))
  const scenarios = common.map(([before, after]) => diffScenario(before, after, holding))
  const unmatched = [...unmatchedIn(history, [newer], 'newer'), ...unmatchedIn([newer], history, 'older')]
  return {
    schemaVersion: 1,
    answer: answerOf(scenarios, unmatched),
    history: history.map(about),
    older: about(older),
    newer: about(newer),
    environment: changedEnvironment(older.environment, newer.environment),
    scenarios,
    acknowledged: acknowledged.map((each) => ({ ...each, state: stateOf(each, scenarios, holding.includes(each)) })),
    unmatched,
  }
}

const unusable = (what: string, next?: string): LabError => new LabError(what, { exit: 'usage', ...(next ? { next } : {}) })

const checkComparable = (history: readonly Run[], newer: Run): void => {
  const cutOff = history.find(({ finishedAt }) => finishedAt === null)
  if (newer.finishedAt === null) throw unusable('The newer run was cut off', 'run it again to its end')
  if (cutOff) throw unusable(`The older run of ${cutOff.startedAt} was cut off`, 'leave it out, or run it again to its end')
  const names = [...history, newer].map(({ startedAt, seed }) => `${startedAt} ${seed}`)
  const twice = names.findIndex((name, index) => names.indexOf(name) < index)
  if (twice >= 0)
    throw unusable(
      names.length === 2 ? 'Both are the same run' : `The run of ${[...history, newer][twice]?.startedAt} is named twice`,
      'name each run once, the newer one last',
    )
}

const slugsOf = (runs: readonly Run[]): string => {
  const slugs = runs.flatMap(({ scenarios }) => scenarios.map(({ slug }) => slug))
  return [...new Set(slugs)].join(', ') || 'none'
}

const about = ({ startedAt, seed, mode }: Run): About => ({ startedAt, seed, mode })

/** Scenarios that none of the others has, and why the last of those has not. */
const unmatchedIn = (runs: readonly Run[], others: readonly Run[], which: 'older' | 'newer'): RunDiff['unmatched'] => {
  const slugs = new Set(runs.flatMap(({ scenarios }) => scenarios.map(({ slug }) => slug)))
  return [...slugs]
    .filter((slug) => !others.some(({ scenarios }) => scenarios.some((each) => each.slug === slug)))
    .map((slug) => {
      const skipped = others.at(-1)?.skipped.find((each) => each.slug === slug)
      return { slug, why: skipped ? `skipped in the ${which} run: ${skipped.reason}` : `not in the ${which} run` }
    })
}

/** One older run at least, oldest first. */
const diffScenario = (
  history: readonly ScenarioRun[],
  newer: ScenarioRun,
  acknowledged: readonly Acknowledgement[],
): ScenarioDiff => {
  const [last = newer] = history.slice(-1)
  const lacking = (of: ScenarioRun, others: readonly ScenarioRun[]): string[] =>
    of.arms.map(({ name }) => name).filter((name) => !others.some(({ arms }) => arms.some((each) => each.name === name)))
  return {
    slug: newer.slug,
    content: changedContent(last, newer),
    arms: newer.arms.flatMap((after) => {
      const before = history.flatMap(({ arms }) => arms.filter(({ name }) => name === after.name))
      if (before.length === 0) return []
      const known = (what: string, worse: boolean): Acknowledged =>
        worse ? acknowledgedBy(acknowledged, newer.slug, after.name, what) : null
      const verdict = diffVerdict(before, after)
      const moves = metricMoves(after.name, history, newer)
      return [
        {
          name: after.name,
          verdict: { ...verdict, acknowledged: known('verdict', verdict.change === 'regressed') },
          metrics: moves.map((move) => ({ ...move, acknowledged: known(move.metric, move.answer === 'worse') })),
        },
      ]
    }),
    wordings: changedWordings(
      history.map((each) => proofOf(each, newer)),
      proofOf(newer, ...history),
    ),
    unmatched: { older: lacking(last, [newer]), newer: lacking(newer, history) },
  }
}

/** Of the arms that one of the others has, too. */
const proofOf = ({ arms }: ScenarioRun, ...others: readonly ScenarioRun[]): string[] =>
  arms.filter(({ name }) => others.some((other) => other.arms.some((each) => each.name === name))).flatMap(({ proof }) => proof)

/** An inconclusive run has no answer, so the newest one that has is what the newer run is compared with. */
const diffVerdict = (history: readonly ArmRun[], newer: ArmRun): Omit<ArmDiff['verdict'], 'acknowledged'> => {
  const answers = history.filter(({ verdict }) => verdict !== 'inconclusive')
  const older = answers.at(-1) ?? history.at(-1)
  return {
    history: history.map(({ verdict }) => verdict),
    older: older?.verdict ?? 'inconclusive',
    newer: newer.verdict,
    change: older ? changeOf(older, newer, new Set(answers.map(({ verdict }) => verdict)).size > 1) : 'unclear',
    reason: newer.reason,
  }
}

/**
 * A regression is what was as expected and is not any more. Where there is no answer before or after, there is none here either; nor where
 * the older runs differ among themselves, since a verdict that comes and goes says nothing of the newer run.
 */
const changeOf = (older: ArmRun, newer: ArmRun, varied: boolean): ArmDiff['verdict']['change'] => {
  if (newer.verdict === 'inconclusive' || older.verdict === 'inconclusive') return newer.asExpected ? 'recovered' : 'unclear'
  if (newer.verdict === older.verdict) return 'same'
  if (older.asExpected) return varied ? 'unclear' : 'regressed'
  return newer.asExpected ? 'recovered' : 'other'
}

/** What got worse of an arm: `verdict`, and names of metrics. */
const worseOf = ({ verdict, metrics }: ArmDiff): { what: string; acknowledged: Acknowledged }[] => [
  ...(verdict.change === 'regressed' ? [{ what: 'verdict', acknowledged: verdict.acknowledged }] : []),
  ...metrics.filter(({ answer }) => answer === 'worse').map(({ metric, acknowledged }) => ({ what: metric, acknowledged })),
]

/** An arm by which a comparison is a regression. */
export const isWorse = (arm: ArmDiff): boolean => worseOf(arm).some(({ acknowledged }) => acknowledged === null)

const stateOf = (
  each: Acknowledgement,
  scenarios: readonly ScenarioDiff[],
  holds: boolean,
): RunDiff['acknowledged'][number]['state'] => {
  const isMatched = scenarios.some(({ slug, arms }) =>
    arms.some((arm) => worseOf(arm).some(({ what }) => speaksOf(each, slug, arm.name, what))),
  )
  return isMatched ? (holds ? 'holds' : 'ended') : 'unmatched'
}

const answerOf = (scenarios: readonly ScenarioDiff[], unmatched: RunDiff['unmatched']): RunDiff['answer'] => {
  const arms = scenarios.flatMap((scenario) => scenario.arms)
  if (arms.some(isWorse)) return 'regressed'
  const isUnclear = arms.length === 0 || arms.some(({ verdict }) => verdict.change === 'unclear')
  return isUnclear || unmatched.some(({ why }) => why.startsWith('skipped in the newer')) ? 'unclear' : 'nothing'
}
