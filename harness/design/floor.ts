// The minimum duration of a trial: its windows, and the timers that its story waits for. Computed from the scenario alone.
import { durationMs } from '../model/moment.ts'
import type { Moment } from '../model/moment.ts'
import type { Arm, EpisodeTrial, Scenario } from '../model/scenario.ts'

/**
 * Milliseconds of a trial of the arm if everything else took no time. Under steady load: warm-up and window. For an
 * episode: the warm-up, and from the trigger to the moment that ends it, at most the window. A moment that waits for a state of the
 * cluster comes when the trouble has begun (`trial.onset`) and the state has held; a remedy that waits for another state, or that ends it by
 * deleting pods, delays it.
 */
export const floorMs = ({ arms, trial }: Scenario, name: string, mode: 'quick' | 'full'): number => {
  const arm = arms[name]
  if (!arm) throw new Error(`unknown arm ${name}`)
  const { warmup, window } = trial[mode]
  if (trial.kind === 'steady') return durationMs(warmup) + durationMs(arm.underLoad?.window ?? window)
  const ends = (arm.until ?? trial.until).map((moment) => comesAfterMs(moment, arm, trial))
  return durationMs(warmup) + Math.min(durationMs(window), ...ends)
}

const comesAfterMs = (moment: Moment, arm: Arm, trial: EpisodeTrial): number => {
  if ('after' in moment) return durationMs(moment.after)
  const putOff = arm.steps
    .filter((step) => !('after' in step.when) && ('delete' in step || stateOf(step.when) !== stateOf(moment)))
    .map(({ when }) => heldMs(when))
  return durationMs(trial.onset) + Math.max(0, ...putOff) + heldMs(moment)
}

/** The state that a moment waits for, without the duration. */
const stateOf = (moment: Moment): string => JSON.stringify({ ...moment, for: '', atLeast: 1 })

const heldMs = (moment: Moment): number => ('after' in moment ? 0 : durationMs(moment.for))
