// Reasons why a run cannot be accepted as evidence.
import { loadMismatches } from '../judge/as-its-load.ts'
import { changedContent } from '../diff/surroundings.ts'
import type { MeasuredScenario, Run } from '../model/run.ts'
import { cutOffWords } from '../report/frame/cut-off.ts'
import { surpriseLine, surprisesOf } from '../report/frame/surprise-words.ts'

/** A line for each reason; empty: it can be accepted. `current`: the current scenarios, by slug. */
export const refusals = (run: Run, current: ReadonlyMap<string, MeasuredScenario>): string[] => {
  const cutOff = cutOffWords(run)
  return [
    ...(cutOff === null ? [] : [cutOff]),
    ...(run.scenarios.length === 0 ? ['it measured no scenario'] : []),
    ...run.scenarios.flatMap((scenario) => {
      const now = current.get(scenario.slug)
      if (!now) return [`${scenario.slug}: there is no such scenario now`]
      const changed = changedContent(scenario, now)
      return changed.length > 0 ? [`${scenario.slug}: the scenario has changed since: ${changed.join(', ')}`] : []
    }),
    ...loadMismatches(run).slice(0, 3),
    ...surprisesOf(run).map(surpriseLine),
  ]
}
