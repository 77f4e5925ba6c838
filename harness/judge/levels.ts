// The level at which rules are decided, so that all verdicts of a run together keep to one error.
import type { Look } from '../model/design.ts'
import type { MeasuredScenario } from '../model/run.ts'
import { errorOfRun } from '../model/verdict.ts'

/** Arms of a run under steady load: their verdicts share the error of the run. */
export const countSteadyArms = (scenarios: readonly Pick<MeasuredScenario, 'arms' | 'method'>[]): number =>
  scenarios.reduce((count, { arms, method }) => count + (method.episode === null ? arms.length : 0), 0)

/** The arm's part of the error of the run. */
export const levelOfArm = (steadyArms: number): number => errorOfRun / Math.max(1, steadyArms)

/** A run that looks at its blocks once, at the end. */
const once: readonly Look[] = [{ blocks: 1, share: 1 }]

/**
 * The two-sided level of each rule of an arm after this many blocks: the arm's part of the error of the run, times the share of the latest look by
 * then (before the first one: of that). All rules of a verdict must hold (intersection-union test: Berger 1982), so the rules of an arm share nothing.
 */
export const levelAfter = (blocks: number, { design }: Pick<MeasuredScenario, 'design'>, steadyArms: number): number => {
  const looks = design?.looks ?? once
  const look = looks.findLast((each) => each.blocks <= blocks) ?? looks[0]
  return levelOfArm(steadyArms) * (look?.share ?? 1)
}
