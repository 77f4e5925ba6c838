// How latency went along with throttling, in a line for each arm, for a reader who sees no picture.
import type { ScenarioRun } from '../../../model/run.ts'
import { throttlingOf } from './facts.ts'
import { throttlingWords } from './words.ts'
import { bullets, plain } from '../../write/markdown-text.ts'

/** A lead and a list; empty where no trial saw both. */
export const throttlingSection = (scenario: ScenarioRun): string[] => {
  const lines = scenario.arms.flatMap((arm) => {
    const of = throttlingOf(scenario, arm.name)
    return of === null ? [] : [`**${plain(arm.name)}**, block ${of.block + 1}: ${plain(throttlingWords(of))}`]
  })
  if (lines.length === 0) return []
  return [
    'One trial of each arm, the first that counts. r is Pearson’s correlation between a request’s latency and how long its container was stopped meanwhile.',
    bullets(lines),
  ]
}
