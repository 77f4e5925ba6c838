// Event source of a live page: a finished run, played back, or a running one.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { LiveEvent } from '../events/event.ts'
import type { Emit } from '../events/emit.ts'

/** An event and its number: a client that sends the number of its last event gets the rest. */
export type Numbered = { readonly id: number; readonly event: LiveEvent }

/** Request of a page: the events after this one (-1: all), at a multiple of real time (null: the feed decides). */
export type Wish = { readonly after: number; readonly speed: number | null }

/** Yields events until there are no more or the client leaves. */
export type Feed = (wish: Wish, signal: AbortSignal) => AsyncIterable<Numbered>

/** The longest pause, even if nothing happened for longer. */
const longestMs = 2000
/** Pause between verdicts. */
const beatMs = 200

/** How long the page waits between two events. */
export const waitMs = (before: LiveEvent, next: LiveEvent, speed: number): number =>
  Math.max(next.type === 'verdict' ? beatMs : 0, Math.min(longestMs, (next.atMs - before.atMs) / speed))

/** Every listener has its own speed, and resumes where it stopped. */
export const replayFeed = (events: readonly LiveEvent[], usualSpeed: number): Feed =>
  async function* ({ after, speed }, signal) {
    let dueMs = performance.now()
    for (const [offset, event] of events.slice(after + 1).entries()) {
      const id = after + 1 + offset
      dueMs += waitMs(events[id - 1] ?? event, event, speed ?? usualSpeed)
      const leftMs = dueMs - performance.now()
      if (leftMs > 1) await pause(leftMs, undefined, { signal })
      yield { id, event }
    }
  }

/** Sends events to every listener, and past events to a late one; it ends with the run. */
export const openFeed = (): { readonly emit: Emit; readonly feed: Feed } => {
  const events: LiveEvent[] = []
  let zeroMs = Date.now()
  let news = Promise.withResolvers<void>()
  return {
    emit: (event, atMs = Date.now()) => {
      if (event.type === 'run-begins') zeroMs = Date.parse(event.startedAt)
      events.push({ ...event, atMs: Math.max(0, atMs - zeroMs) })
      news.resolve()
      news = Promise.withResolvers()
    },
    feed: async function* ({ after }, signal) {
      const left = once(signal, 'abort')
      for (let id = after + 1; !signal.aborted; id += 1) {
        while (id >= events.length && !signal.aborted) await Promise.race([news.promise, left])
        const event = events[id]
        if (event) yield { id, event }
        if (event?.type === 'run-ends') return
      }
    },
  }
}
