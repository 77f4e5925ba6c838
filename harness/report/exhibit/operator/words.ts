// Why what an operator sees differs from what happened.
import type { ScenarioRun } from '../../../model/run.ts'
import { duration } from '../../write/date.ts'

/** What the table of counters holds, and why its columns differ. */
export const operatorLead = (scenario: ScenarioRun): string =>
  `Growth within the trials: what the containers’ own cgroups counted, beside what the kubelet’s cAdvisor endpoint showed before and after. The kubelet takes its figures every 10 to 15 s, so over a window of ${duration(scenario.method.window)} they tell little: that is what an operator sees.`
