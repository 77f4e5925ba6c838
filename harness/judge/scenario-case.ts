// A measured scenario as a case for the judge.
import type { MeasuredScenario } from '../model/run.ts'
import type { Case } from './judge.ts'
import { levelAfter } from './levels.ts'

/** Facts of a run that its scenarios are judged with. */
export interface OfRun {
  /** Of the intervals of values; null: without them. They decide nothing. */
  readonly seed: number | null
  /** Arms under steady load in all scenarios of the run, also those that are not measured yet. */
  readonly steadyArms: number
}

export const caseOf = (scenario: MeasuredScenario, { seed, steadyArms }: OfRun): Case => {
  const { arms, metrics, trials, method, design } = scenario
  const kind = method.episode ? 'episode' : 'steady'
  return {
    kind,
    arms,
    expect: method.expect,
    metrics,
    trials,
    seed,
    levelAfter: (blocks) => levelAfter(blocks, scenario, steadyArms),
    planned: design?.looks.at(-1)?.blocks,
    limits: method.limits,
  }
}
