// Compares runs: changed verdicts, moved metrics, changed Kubernetes messages, and differences of environment.
import { isReference } from '../model/arm-kind.ts'
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import { acknowledgedBy, hasEnded, speaksOf } from './acknowledged.ts'
import type { Acknowledged, Acknowledgement } from './acknowledged.ts'
import { cautionsOf } from './cautions.ts'
import { checkComparable, slugsOf, unusable } from './comparable.ts'
import { lostIn } from './lost.ts'
import { metricMoves, usualLimit } from './metric-move.ts'
import { isPair, pairedMoves } from './paired-move.ts'
import type { ArmMove, InRuns } from './metric-move.ts'
import { changedContent, changedEnvironment, platformName } from './surroundings.ts'
import type { About, ArmDiff, MetricMove, RunDiff, ScenarioDiff } from './run-diff.ts'
import { changedWordings } from './wording.ts'

export interface DiffOptions {
  readonly acknowledged?: readonly Acknowledgement[]
  /** The ratio, above 1, from which a deterioration is a regression. */
  readonly limit?: number
  /** Whether the comparison has an answer even if the newer run lacks something. */
  readonly allowMissing?: boolean
}

/**
 * Differences from older runs, at least one, to a newer one. Throws for runs that cannot be compared. An acknowledged deterioration is
 * no regression unless the acknowledgement had ended when the newer run began: so the same runs always give the same answer.
 */
export const diffRuns = (
  runs: readonly Run[],
  newer: Run,
  { acknowledged = [], limit = usualLimit, allowMissing = false }: DiffOptions = {},
): RunDiff => {
  const all = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  checkComparable(all, newer)
  const history = all.filter(({ mode }) => mode === newer.mode)
  const [older = newer] = history.slice(-1)
  const common = newer.scenarios.flatMap((after): InRuns[] => {
    const before = history.flatMap(({ scenarios }) => scenarios.filter(({ slug }) => slug === after.slug))
    return before.length > 0 ? [[before, after]] : []
  })
  if (common.length === 0)
    throw unusable(
      `The runs share no scenario: ${slugsOf(history)} · ${slugsOf([newer])}`,
      'compare runs that measured the same scenario',
    )
  const holding = acknowledged.filter((each) => !hasEnded(each, newer.startedAt))
  const paired = isPair(history, newer)
  const moves = paired
    ? pairedMoves(
        common.flatMap(([[base], change]) => (base ? [[base, change] as const] : [])),
        limit,
      )
    : metricMoves(common, limit)
  const scenarios = common.map((each) => diffScenario(each, moves, holding))
  const lost = lostIn(history, newer)
  return {
    schemaVersion: 2,
    answer: answerOf(scenarios, lost.length > 0 && !allowMissing),
    paired,
    limit,
    lost,
    allowMissing,
    cautions: cautionsOf(all, history, newer),
    history: history.map(about),
    older: about(older),
    newer: about(newer),
    environment: changedEnvironment(older.environment, newer.environment),
    scenarios,
    acknowledged: acknowledged.map((each) => ({ ...each, state: stateOf(each, scenarios, holding.includes(each)) })),
    unmatched: [...unmatchedIn(history, [newer], 'newer'), ...unmatchedIn([newer], history, 'older')],
  }
}

const about = ({ startedAt, finishedAt, seed, mode, environment: { kubernetes, platform } }: Run): About => ({
  startedAt,
  finishedAt,
  seed,
  mode,
  kubernetes,
  platform: platformName(platform),
})

/** Scenarios that none of the other runs has, and why the last of those lacks it. */
const unmatchedIn = (runs: readonly Run[], others: readonly Run[], which: 'older' | 'newer'): RunDiff['unmatched'] => {
  const slugs = new Set(runs.flatMap(({ scenarios }) => scenarios.map(({ slug }) => slug)))
  return [...slugs]
    .filter((slug) => !others.some(({ scenarios }) => scenarios.some((each) => each.slug === slug)))
    .map((slug) => {
      const skipped = others.at(-1)?.skipped.find((each) => each.slug === slug)
      return { slug, why: skipped ? `skipped in the ${which} run: ${skipped.reason}` : `not in the ${which} run` }
    })
}

/** `all`: moves of every scenario. */
const diffScenario = (
  [history, newer]: InRuns,
  all: readonly ArmMove[],
  acknowledged: readonly Acknowledgement[],
): ScenarioDiff => {
  const [last = newer] = history.slice(-1)
  return {
    slug: newer.slug,
    content: changedContent(last, newer),
    arms: newer.arms.flatMap((after) => {
      const before = history.flatMap(({ arms }) => arms.filter(({ name }) => name === after.name))
      if (before.length === 0) return []
      const known = (what: string, worse: boolean): Acknowledged =>
        worse ? acknowledgedBy(acknowledged, newer.slug, after.name, what) : null
      const isSound = newer.arms.every(({ name, kind, asExpected }) => asExpected || name === after.name || !isReference(kind))
      const verdict = diffVerdict(before, isSound ? withFirstVerdict(after) : after) // without its references no arm has a verdict
      const moves = all.filter(({ scenario, arm }) => scenario === newer.slug && arm === after.name)
      return [
        {
          name: after.name,
          verdict: { ...verdict, acknowledged: known('verdict', verdict.change === 'regressed') },
          metrics: moves.map(({ move }) => ({ ...move, acknowledged: known(move.metric, gotWorse(move)) })),
        },
      ]
    }),
    wordings: changedWordings(
      history.map((each) => proofOf(each, newer)),
      proofOf(newer, ...history),
    ),
    unmatched: { older: armsLacking(history, [newer]), newer: armsLacking([newer], history) },
  }
}

const gotWorse = ({ answer }: Pick<MetricMove, 'answer'>): boolean => answer === 'worse' || answer === 'worse-below-limit'

/** Arms of these that none of the others has. */
const armsLacking = (of: readonly ScenarioRun[], others: readonly ScenarioRun[]): string[] => {
  const names = (runs: readonly ScenarioRun[]): string[] => runs.flatMap(({ arms }) => arms.map(({ name }) => name))
  const known = new Set(names(others))
  return [...new Set(names(of))].filter((name) => !known.has(name))
}

/** For arms that one of the other runs also has. */
const proofOf = ({ arms }: ScenarioRun, ...others: readonly ScenarioRun[]): string[] =>
  arms.filter(({ name }) => others.some((other) => other.arms.some((each) => each.name === name))).flatMap(({ proof }) => proof)

/**
 * With the verdict of its first episode where episodes differ but none is as expected, such as no effect in one and mitigated in another: whatever it is
 * now, it is not what it was.
 */
const withFirstVerdict = (arm: ArmRun): ArmRun => {
  const verdicts = arm.decisions.map(({ verdict }) => verdict)
  const [first] = verdicts
  if (arm.verdict !== 'inconclusive' || first === undefined) return arm
  return verdicts.every((each) => each !== 'inconclusive' && each !== arm.expected) ? { ...arm, verdict: first } : arm
}

/** An inconclusive run has no answer, so the newer run is compared with the newest conclusive one. */
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
 * A regression was as expected and no longer is. Without an answer before or after, there is none here either; nor if
 * the older runs differ among themselves, since an unstable verdict says nothing about the newer run.
 */
const changeOf = (older: ArmRun, newer: ArmRun, varied: boolean): ArmDiff['verdict']['change'] => {
  if (newer.verdict === 'inconclusive' || older.verdict === 'inconclusive') return newer.asExpected ? 'recovered' : 'unclear'
  if (newer.verdict === older.verdict) return 'same'
  if (older.asExpected) return varied ? 'unclear' : 'regressed'
  return newer.asExpected ? 'recovered' : 'other'
}

/** What got worse in an arm: `verdict` and names of metrics, including those below the limit. */
const worseOf = ({ verdict, metrics }: ArmDiff): { what: string; counts: boolean }[] => [
  ...(verdict.change === 'regressed' ? [{ what: 'verdict', counts: verdict.acknowledged === null }] : []),
  ...metrics
    .filter(gotWorse)
    .map(({ metric, answer, acknowledged }) => ({ what: metric, counts: answer === 'worse' && acknowledged === null })),
]

/** Whether this arm makes the comparison a regression. */
export const isWorse = (arm: ArmDiff): boolean => worseOf(arm).some(({ counts }) => counts)

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

/** Whether this arm leaves the comparison without an answer. */
const isUnclear = ({ verdict, metrics }: ArmDiff): boolean =>
  verdict.change === 'unclear' || metrics.some(({ answer }) => answer === 'not-judged')

const answerOf = (scenarios: readonly ScenarioDiff[], lacks: boolean): RunDiff['answer'] => {
  const arms = scenarios.flatMap((scenario) => scenario.arms)
  if (arms.some(isWorse)) return 'regressed'
  return lacks || arms.length === 0 || arms.some(isUnclear) ? 'unclear' : 'nothing'
}
