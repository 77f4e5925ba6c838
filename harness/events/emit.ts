// Events of a run, sent to an observer such as the live page during the run.
import { messageOf } from '../model/lab-error.ts'
import type { LoadSecond, Trial } from '../model/trial.ts'
import type { Timeline } from '../model/timeline.ts'
import type { LiveEvent } from './event.ts'
import { gaugesNow } from './gauges.ts'
import { storyOf } from './story.ts'

type Untimed<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never
export type RunEvent = Untimed<LiveEvent>

/** Sends an event. `atMs`: when it happened, in ms since the epoch; default: now. */
export type Emit = (event: RunEvent, atMs?: number) => void

/** For a run without an observer. */
export const noEvents: Emit = () => {}

type Begins = Omit<Extract<RunEvent, { readonly type: 'trial-begins' }>, 'type' | 'trial'>

/** Sends the events of one trial. It calls the lookup functions only if the run has an observer. */
export interface TrialEmitter {
  /** Replies of a finished second; `series`: measurements of the probes so far. */
  readonly second: (second: LoadSecond, series: () => Trial['series']) => void
  /** Sends the news in the timeline of an episode. `isTriggered`: whether the trigger has been applied. */
  readonly story: (look: () => { readonly timeline: Timeline; readonly isTriggered: boolean }) => void
  /** `invalid`: why the trial does not count. `ended`: what ended an episode, in words; null under steady load. */
  readonly end: (invalid: readonly string[], ended: string | null) => void
}

let begun = 0

export const emitTrial = (emit: Emit, begins: Begins): TrialEmitter => {
  if (emit === noEvents) return { second: () => {}, story: () => {}, end: () => {} }
  const trial = `${begins.slug}/${begun++}`
  const isEmitted = new Set<string>()
  /** When the window began, in ms since the epoch. */
  let windowMs = Infinity
  emit({ type: 'trial-begins', trial, ...begins })
  return {
    second: ({ second, pods, failed, notSent, latencyUs }, series) => {
      const beganMs = Date.now() - (second + 1) * 1000
      windowMs = second === 0 ? beganMs : Math.min(windowMs, beganMs) // at a low rate some seconds are reported late
      const latency = latencyUs && { p50: latencyUs.p50, p99: latencyUs.p99 }
      const gauges = gaugesNow(series(), begins.pods)
      emit({ type: 'second', trial, pods, failed, notSent, latencyUs: latency, gauges }, windowMs + (second + 1) * 1000)
    },
    story: (look) => {
      const { timeline, isTriggered } = look()
      for (const each of storyOf(trial, timeline, 0)) {
        const key = JSON.stringify(each)
        if (isEmitted.has(key) || (each.type === 'action' && each.zero && !isTriggered)) continue
        isEmitted.add(key)
        const { atMs, ...event } = each
        emit(event, atMs)
      }
    },
    end: (invalid, ended) => emit({ type: 'trial-ends', trial, invalid: [...invalid], ended }),
  }
}

/** Plays a trial and sends its end, also when it fails. */
export const emitToEnd = async <T extends Pick<Trial, 'invalid' | 'timeline'>>(
  emitter: TrialEmitter,
  play: (emitter: TrialEmitter) => Promise<T>,
): Promise<T> => {
  try {
    const trial = await play(emitter)
    emitter.end(trial.invalid, trial.timeline?.ended ?? null)
    return trial
  } catch (error) {
    emitter.end([`it was interrupted: ${messageOf(error)}`], null)
    throw error
  }
}
