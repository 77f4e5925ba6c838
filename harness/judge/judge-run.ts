// Judges a measured run. Needs no cluster, and gives the same result each time.
import type { MeasuredRun, MeasuredScenario, Run } from '../model/run.ts'
import { busyHostOf } from './busy-sentence.ts'
import { withComparisons } from './comparisons.ts'
import type { WithoutComparisons } from './comparisons.ts'
import { judge } from './judge.ts'
import { countSteadyArms } from './levels.ts'
import { predict } from './predict.ts'
import { caseOf } from './scenario-case.ts'
import type { OfRun } from './scenario-case.ts'

export const judgeRun = async (run: MeasuredRun): Promise<Run> => {
  const ofRun = { seed: run.seed, steadyArms: countSteadyArms(run.scenarios) }
  const scenarios = withComparisons(await Promise.all(run.scenarios.map((scenario) => judgeScenario(scenario, ofRun))))
  const busy = busyHostOf({ ...run, scenarios })
  return { ...run, scenarios, ...(busy && { busy }) }
}

/** The verdicts of one scenario of a run, perhaps while the run measures the others. */
export const judgeScenario = async (scenario: MeasuredScenario, ofRun: OfRun): Promise<WithoutComparisons> => {
  const { arms, trials } = scenario
  const judged = judge(caseOf(scenario, ofRun))
  const predicted = await predict(scenario, judged.arms)
  const found = arms.map((arm): WithoutComparisons['arms'][number] => {
    const of = judged.arms[arm.name]
    if (!of) throw new Error(`arm ${arm.name} was not judged`)
    return {
      ...arm,
      ...of,
      asExpected: of.verdict === arm.expected,
      proof: trials.filter((each) => each.arm === arm.name).flatMap((each) => each.proof),
      predictions: predicted.arms[arm.name] ?? [],
    }
  })
  const incident = found.find((arm) => arm.kind === 'incident')
  return {
    ...scenario,
    verdict: incident?.verdict ?? 'inconclusive',
    reason: incident?.reason ?? '',
    arms: found,
    spread: judged.spread,
    prediction: predicted.prediction,
  }
}

/** The measurements without the judgement. */
export const measuredOf = ({ busy: _busy, ...run }: Run): MeasuredRun => ({
  ...run,
  scenarios: run.scenarios.map(
    ({ verdict: _verdict, reason: _reason, spread: _spread, prediction: _prediction, arms, ...rest }) => ({
      ...rest,
      arms: arms.map(({ name, kind, summary, expected, costs, costAgainst, differences }) => ({
        name,
        kind,
        summary,
        expected,
        costs,
        costAgainst,
        differences,
      })),
    }),
  ),
})
