// Times of an arm that the end of its episodes truncated: they are lower bounds.
import type { ScenarioRun } from '../../model/run.ts'
import { isCutOffIn } from '../../timeline/cut-off.ts'
import { validTrialsOf } from './arm-trials.ts'

/** Whether the end truncated this time in at least half of the arm's valid episodes: their median is then a lower bound. */
export const isCutOff = (scenario: ScenarioRun, arm: string, name: string): boolean => {
  const trials = validTrialsOf(scenario.trials, arm)
  const cut = trials.filter((trial) => isCutOffIn(trial, scenario.metrics, name))
  return cut.length > 0 && cut.length * 2 >= trials.length
}
