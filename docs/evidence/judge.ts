// How often chance makes the judge wrong, or leaves it open: simulated runs, with the noise that was recorded. Each function is seeded and takes less than a minute.
import { mean } from 'simple-statistics'
import { withComparisons } from '../../harness/judge/comparisons.ts'
import type { MeasuredScenario } from '../../harness/model/run.ts'
import { seeded } from '../../harness/stats/seeded.ts'
import { shareOf } from './runs.ts'
import { judged, middleOf, modes, recordedOf, simulate, slugs } from './simulated-run.ts'
import type { Mode, Simulated, Slug, Truth } from './simulated-run.ts'

const hours = ['quiet', 'noisy'] as const

/** Standard deviation of the factors of deployments that was seen between runs: 4 %, and some more. */
const betweenDeployments = 0.05

export interface EqualArms {
  readonly scenario: Slug
  readonly mode: Mode
  /** Standard deviation of the factor that each deployment draws. */
  readonly deployment: number
  /** Of runs: an arm that equals control is improved or regressed against it, or one that equals the incident against that. */
  readonly calledDifferent: number
  /** Of runs: the arm that equals the incident is fixed, mitigated or worse. */
  readonly calledRemedyOrWorse: number
}

/** The incident again, and control again under the name of a fix: four arms, so that each has a large share of the error. */
export const equalArms = async (runs = 400): Promise<EqualArms[]> => {
  const rows: EqualArms[] = []
  for (const scenario of slugs)
    for (const mode of modes) {
      const recorded = withEqualArms(await recordedOf(scenario, mode))
      for (const deployment of [0, 0.02, 0.05, 0.1]) {
        const random = seeded(1)
        const noise = { trial: judged[scenario].quiet, deployment }
        const found = Array.from({ length: runs }, () => simulate(recorded, { slug: scenario, truth: { fix: 1 }, noise }, random))
        rows.push({
          scenario,
          mode,
          deployment,
          calledDifferent: shareOf(found.map(isCalledDifferent)),
          calledRemedyOrWorse: shareOf(found.map((run) => isCalled(run, 'folk', ['fixed', 'mitigated', 'worse']))),
        })
      }
    }
  return rows
}

const withEqualArms = (recorded: MeasuredScenario): MeasuredScenario => {
  const fix = recorded.arms.find(({ kind }) => kind === 'fix')
  const folk = recorded.arms.find(({ kind }) => kind === 'folk')
  if (!fix || !folk) throw new Error(`${recorded.slug} has no fix or no folk remedy`)
  const [control, incident] = ['control', 'incident'].map((name) => recorded.arms.filter((arm) => arm.name === name))
  const trialsOf = (arm: string, name: string) =>
    recorded.trials.filter((trial) => trial.arm === arm && trial.replica === 0).map((trial) => ({ ...trial, arm: name }))
  return {
    ...recorded,
    arms: [...(control ?? []), ...(incident ?? []), { ...fix, name: 'fix' }, { ...folk, name: 'folk' }],
    trials: [
      ...recorded.trials.filter(({ arm }) => arm === 'control' || arm === 'incident'),
      ...trialsOf(fix.name, 'fix'),
      ...trialsOf('incident', 'folk'),
    ],
  }
}

const isCalled = ({ judgement }: Simulated, arm: string, verdicts: readonly string[]): boolean =>
  verdicts.includes(judgement.arms[arm]?.verdict ?? '')

const isCalledDifferent = ({ judgement, scenario }: Simulated): boolean => {
  const arms = scenario.arms.flatMap((arm) => {
    const of = judgement.arms[arm.name]
    return of ? [{ ...arm, ...of, asExpected: true, proof: [], predictions: [] }] : []
  })
  const [compared] = withComparisons([
    { ...scenario, arms, spread: judgement.spread, verdict: 'reproduced', reason: '', prediction: null },
  ])
  const pairs = [
    ['fix', 'control'],
    ['folk', 'incident'],
  ]
  return pairs.some(([name, other]) =>
    compared?.arms
      .find((arm) => arm.name === name)
      ?.comparisons.some((each) => each.with === other && ['improved', 'regressed'].includes(each.answer)),
  )
}

export interface WholeRuns {
  readonly scenario: Slug
  readonly mode: Mode
  readonly hour: (typeof hours)[number]
  /** Of fixes that equal control: called fixed. */
  readonly fixed: number
  /** Of runs: all arms as expected. */
  readonly allAsExpected: number
  /** Of runs: any arm with a verdict that is not the expected one, other than inconclusive. */
  readonly anyWrong: number
  /** Blocks of an arm, the mean over arms and runs. */
  readonly blocks: number
}

/** Whole runs, in which every fix equals control and the other arms are as recorded. */
export const wholeRuns = async (runs = 300): Promise<WholeRuns[]> => {
  const rows: WholeRuns[] = []
  for (const scenario of slugs)
    for (const mode of modes)
      for (const hour of hours) {
        const recorded = await recordedOf(scenario, mode)
        const fixes = recorded.arms.filter(({ kind }) => kind === 'fix').map(({ name }) => name)
        const truth: Truth = Object.fromEntries(fixes.map((name) => [name, 1]))
        const random = seeded(2)
        const noise = { trial: judged[scenario][hour], deployment: betweenDeployments }
        const found = Array.from({ length: runs }, () => simulate(recorded, { slug: scenario, truth, noise }, random))
        const verdictsOf = ({ judgement }: Simulated) =>
          recorded.arms.map(({ name, expected }) => ({ expected, verdict: judgement.arms[name]?.verdict }))
        rows.push({
          scenario,
          mode,
          hour,
          fixed: shareOf(found.flatMap((run) => fixes.map((fix) => isCalled(run, fix, ['fixed'])))),
          allAsExpected: shareOf(found.map((run) => verdictsOf(run).every(({ expected, verdict }) => verdict === expected))),
          anyWrong: shareOf(
            found.map((run) =>
              verdictsOf(run).some(({ expected, verdict }) => verdict !== expected && verdict !== 'inconclusive'),
            ),
          ),
          blocks: mean(found.flatMap(({ blocks }) => [...blocks.values()])),
        })
      }
  return rows
}

export interface FixedAt {
  readonly scenario: Slug
  readonly mode: Mode
  readonly hour: (typeof hours)[number]
  /** The judged latency of the fix, as a multiple of the bound that is easiest at control's recorded latency. */
  readonly ofBound: number
  readonly fixed: number
  readonly inconclusive: number
}

/** How a fix is judged whose latency is so many times its bound, in a run of all arms. */
export const fixedAt = async (runs = 150, multiples: readonly number[] = [0.9, 1, 1.1, 1.2, 1.3]): Promise<FixedAt[]> => {
  const rows: FixedAt[] = []
  for (const scenario of slugs)
    for (const mode of modes)
      for (const hour of hours) {
        const recorded = await recordedOf(scenario, mode)
        const [fix] = recorded.arms.filter(({ kind }) => kind === 'fix')
        if (!fix) throw new Error(`${scenario} has no fix`)
        const bound = boundOf(recorded, scenario)
        for (const ofBound of multiples) {
          const random = seeded(3)
          const noise = { trial: judged[scenario][hour], deployment: betweenDeployments }
          const truth: Truth = { [fix.name]: ofBound * bound }
          const found = Array.from({ length: runs }, () => simulate(recorded, { slug: scenario, truth, noise }, random))
          const share = (verdict: string): number => shareOf(found.map((run) => isCalled(run, fix.name, [verdict])))
          rows.push({ scenario, mode, hour, ofBound, fixed: share('fixed'), inconclusive: share('inconclusive') })
        }
      }
  return rows
}

/** The easiest bound of the judged latency of a fix, as a multiple of control's recorded one. */
const boundOf = (recorded: MeasuredScenario, slug: Slug): number => {
  const { metric } = judged[slug]
  const control = middleOf(recorded, 'control', metric)
  const rule = recorded.method.expect.fixed.find((each) => each.metric === metric)
  if (!rule) throw new Error(`${slug} does not judge ${metric}`)
  return Math.max(...rule.bounds.map(({ times, plus }) => times + plus / control))
}
