// What the picture of episodes holds, and which episode of an arm it is.
import type { ScenarioRun } from '../../../model/run.ts'
import { trialsOf } from '../../facts/arm-trials.ts'
import type { Episode } from '../../facts/episode.ts'
import { capital } from '../../write/capital.ts'
import { outcomeText } from '../../write/outcome-words.ts'
import { verdictWords } from '../../write/verdict-words.ts'

/** What the figure holds. */
export const episodesLead =
  'One episode of each arm, the first that counts, all on one time axis: seconds from the trigger. A lane is the client, a Service, the node or a pod; pods of one kind that fare alike share a lane. Discs number the evictions in their order.'

/** What the arm is, in how many episodes it had its verdict, and which of them is shown. */
export const whichEpisode = (scenario: ScenarioRun, { arm, trial }: Episode): string => {
  const all = trialsOf(scenario.trials, arm.name)
  const share = outcomeText(arm)
  const found = share === null ? '' : `${verdictWords(arm.verdict).word} in ${share}; `
  return `${capital(arm.summary)} · ${found}shown: episode ${all.indexOf(trial) + 1} of ${all.length}`
}

/** How often something was said, where that was more than once. */
export const timesText = (times: number): string => (times < 2 ? '' : `${times} times`)

/** What there was of an episode's events. */
export const eventsWord = (count: number): string => (count === 1 ? 'The one event' : `All ${count} events`)
