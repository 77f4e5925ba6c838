// What a trial takes at least: its windows, and the timers that its story waits for. Arithmetic on the scenario alone.
import { durationMs } from '../model/moment.ts'
import type { Moment } from '../model/moment.ts'
import type { Arm, EpisodeTrial, Scenario } from '../model/scenario.ts'

/**
 * Milliseconds that a trial of the arm takes on a machine on which everything else takes no time. Of steady load warm-up and window. Of an
 * episode the warm-up, and from the trigger on the moment that ends it, the window at the latest. A moment that waits for a state of the
 * cluster comes when the trouble has begun (`trial.onset`) and the state has held; a remedy that waits for another state, or that ends it for what
 * it deletes, puts it off.
 */
export const floorMs = ({ arms, trial }: Scenario, name: string, mode: 'quick' | 'full'): number => {
  const arm = arms[name]
  if (!arm) throw new Error(`there is no arm ${name}`)
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

/** What a moment waits for, without for how long. */
const stateOf = (moment: Moment): string => JSON.stringify({ ...moment, for: '', atLeast: 1 })

const heldMs = (moment: Moment): number => ('after' in moment ? 0 : durationMs(moment.for))
