// The evidence of a scenario: how many valid trials each arm has.
import type { Run, ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from '../facts/episode.ts'
import { validTrialsOf } from '../facts/arm-trials.ts'
import { figure } from '../write/quantity.ts'

/** `3 blocks`, `2–3 blocks` where arms differ. */
const counted = (values: readonly number[], one: string, many: string): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const range = low === high ? figure(low, '', 0) : `${figure(low, '', 0)}–${figure(high, '', 0)}`
  return `${range} ${high === 1 ? one : many}`
}

/** `quick · 3 blocks · 81 requests an arm`, or `full · 5 episodes an arm`. */
export const sampleSize = (scenario: ScenarioRun, mode: Run['mode']): string => {
  const trials = scenario.arms.map((arm) => validTrialsOf(scenario.trials, arm.name))
  if (trials.length === 0) return mode
  const valid = trials.map(({ length }) => length)
  if (isEpisodic(scenario)) return `${mode} · ${counted(valid, 'episode', 'episodes')} an arm`
  const sent = trials.map((those) => those.reduce((sum, { load }) => sum + load.sent, 0))
  return `${mode} · ${counted(valid, 'block', 'blocks')} · ${counted(sent, 'request', 'requests')} an arm`
}
