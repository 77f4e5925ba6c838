// Who is told what happens while a run goes on, and how a trial tells it.
import { messageOf } from '../model/lab-error.ts'
import type { LoadSecond, Trial } from '../model/trial.ts'
import type { Timeline } from '../model/timeline.ts'
import type { LiveEvent } from './event.ts'
import { gaugesNow } from './gauges.ts'
import { storyOf } from './story.ts'

type Untimed<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never
export type Told = Untimed<LiveEvent>

/** Is told of it. `atMs`: when it happened, in ms since the epoch; without it, now. */
export type Tell = (event: Told, atMs?: number) => void

/** Nobody watches. */
export const tellNobody: Tell = () => {}

type Begins = Omit<Extract<Told, { readonly type: 'trial-begins' }>, 'type' | 'trial'>

/** A trial that goes on. What has to be looked up for it is, if somebody watches. */
export interface ToldTrial {
  /** What came back in a second that is over; `series` is what probes saw until now. */
  readonly second: (second: LoadSecond, series: () => Trial['series']) => void
  /** What is new in the timeline of an episode. `isPulled`: the trigger was. */
  readonly story: (look: () => { readonly timeline: Timeline; readonly isPulled: boolean }) => void
  /** `invalid`: why it does not count. `ended`: what ended an episode, in words. */
  readonly end: (invalid: readonly string[], ended: string | null) => void
}

let begun = 0

export const tellTrial = (tell: Tell, begins: Begins): ToldTrial => {
  if (tell === tellNobody) return { second: () => {}, story: () => {}, end: () => {} }
  const trial = `${begins.slug}/${begun++}`
  const isTold = new Set<string>()
  /** When the window began, in ms since the epoch. */
  let windowMs = Infinity
  tell({ type: 'trial-begins', trial, ...begins })
  return {
    second: ({ second, pods, failed, notSent, latencyUs }, series) => {
      const beganMs = Date.now() - (second + 1) * 1000
      windowMs = second === 0 ? beganMs : Math.min(windowMs, beganMs) // at a low rate some are told later than others
      const latency = latencyUs && { p50: latencyUs.p50, p99: latencyUs.p99 }
      const gauges = gaugesNow(series(), begins.pods)
      tell({ type: 'second', trial, pods, failed, notSent, latencyUs: latency, gauges }, windowMs + (second + 1) * 1000)
    },
    story: (look) => {
      const { timeline, isPulled } = look()
      for (const each of storyOf(trial, timeline, 0)) {
        const key = JSON.stringify(each)
        if (isTold.has(key) || (each.type === 'action' && each.zero && !isPulled)) continue
        isTold.add(key)
        const { atMs, ...event } = each
        tell(event, atMs)
      }
    },
    end: (invalid, ended) => tell({ type: 'trial-ends', trial, invalid: [...invalid], ended }),
  }
}

/** A trial that is told to its end, whatever ends it. */
export const told = async <T extends Pick<Trial, 'invalid' | 'timeline'>>(
  telling: ToldTrial,
  play: (telling: ToldTrial) => Promise<T>,
): Promise<T> => {
  try {
    const trial = await play(telling)
    telling.end(trial.invalid, trial.timeline?.ended ?? null)
    return trial
  } catch (error) {
    telling.end([`it was cut off: ${messageOf(error)}`], null)
    throw error
  }
}
