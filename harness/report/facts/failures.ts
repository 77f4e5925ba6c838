// Failed requests of an arm, out of those sent while its server existed.
import { sum } from 'simple-statistics'
import type { ScenarioRun } from '../../model/run.ts'
import { callSeconds } from '../../timeline/client-calls.ts'
import { validTrialsOf } from './arm-trials.ts'
import { calledFromMs, deployedBy } from './episode.ts'

/** Over the valid trials of an arm. `early`: failed before the story had deployed the server; not included in the others. */
export interface Failures {
  readonly failed: number
  readonly sent: number
  readonly early: number
  /** How long the client called, without the early part. */
  readonly minutes: number
}

/** The counts; null without a valid trial. */
export const failuresOf = (scenario: ScenarioRun, arm: string): Failures | null => {
  const trials = validTrialsOf(scenario.trials, arm)
  if (trials.length === 0) return null
  const deployed = deployedBy(scenario)
  const earlySeconds = trials.flatMap(({ timeline, load }) => {
    if (timeline === null) return []
    const called = calledFromMs(timeline, deployed)
    return callSeconds(timeline, load).filter(({ fromMs }) => fromMs < called)
  })
  const early = sum(earlySeconds.map(({ failed }) => failed))
  return {
    failed: sum(trials.map(({ load }) => load.failed)) - early,
    sent: sum(trials.map(({ load }) => load.sent)) - early,
    early,
    minutes: (sum(trials.map(({ load }) => load.windowMs)) / 1000 - earlySeconds.length) / 60,
  }
}
