// How the failed requests of an arm are described: how many of how many, and with which status.
import type { ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { validTrialsOf } from '../../facts/arm-trials.ts'
import { figure } from '../../write/quantity.ts'

const sum = (trials: readonly Trial[], of: (trial: Trial) => number): number =>
  trials.reduce((total, trial) => total + of(trial), 0)

const statuses = (trials: readonly Trial[]): string =>
  [...new Set(trials.flatMap((trial) => Object.keys(trial.load.failures)))].toSorted().join(', ')

/** What a row is. */
export const podsLead =
  'A row is a pod’s place in its block, the busiest first: another pod may be that one in each block. Beside it stands its share of the block’s replies, in the median over the blocks.'

/** `516 of 2,880 requests failed: RESOURCE_EXHAUSTED`, over the valid trials of the arm. */
export const failureWords = (scenario: ScenarioRun, arm: string): string => {
  const trials = validTrialsOf(scenario.trials, arm)
  const failed = sum(trials, (trial) => trial.load.failed)
  const sent = figure(
    sum(trials, (trial) => trial.load.sent),
    'requests',
  )
  if (trials.length === 0) return 'No valid trial'
  if (failed === 0) return `None of ${sent} requests failed`
  return `${figure(failed, 'requests')} of ${sent} requests failed: ${statuses(trials)}`
}
