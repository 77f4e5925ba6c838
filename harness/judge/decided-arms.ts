// Which arms are decided at a look, so that a run need not measure them further.
import type { MeasuredScenario } from '../model/run.ts'
import { blocksBegun, judge, nameOfKind } from './judge.ts'
import { caseOf } from './scenario-case.ts'

export interface DecidedOptions {
  /** Arms under steady load in all scenarios of the run. */
  readonly steadyArms: number
}

/**
 * The arms of a scenario so far that have a verdict at one of its looks. Between looks none is decided: a further look would spend an error that no look
 * has. An arm with too few valid blocks for an exact interval stays.
 * The incident stays until every remedy and trade-off is decided, and control until all are, since each block is compared with theirs.
 */
export const decidedArms = (scenario: MeasuredScenario, { steadyArms }: DecidedOptions): ReadonlySet<string> => {
  const looks = new Set(scenario.design?.looks.map(({ blocks }) => blocks))
  const isLookedAt = (arm: string): boolean => looks.has(blocksBegun(scenario.trials.filter((trial) => trial.arm === arm)))
  if (looks.size === 0) return new Set()
  const judged = judge(caseOf(scenario, { seed: null, steadyArms })).arms
  const isDecided = ({ name }: { name: string }): boolean => isLookedAt(name) && judged[name]?.verdict !== 'inconclusive'
  const decided = new Set(scenario.arms.filter(isDecided).map(({ name }) => name))
  for (const kind of ['incident', 'control'] as const) {
    const isNeeded = scenario.arms.some((arm) => arm.kind !== kind && arm.kind !== 'control' && !decided.has(arm.name))
    if (isNeeded) decided.delete(nameOfKind(scenario.arms, kind))
  }
  return decided
}
