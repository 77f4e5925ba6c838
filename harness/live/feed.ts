// Where a live page gets its events from: a run that is over, played at a pace to watch, or one that goes on.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { LiveEvent } from '../events/event.ts'
import type { Emit } from '../events/emit.ts'

/** An event, and its number: a client that names the number of the last one it got is sent the rest. */
export type Numbered = { readonly id: number; readonly event: LiveEvent }

/** What a page asks for: the events after this one (-1: all), so many times as fast as they happened (null: as the feed likes it). */
export type Wish = { readonly after: number; readonly speed: number | null }

/** Yields the events as they come, until there are no more or nobody listens any longer. */
export type Feed = (wish: Wish, signal: AbortSignal) => AsyncIterable<Numbered>

/** Longer than this nothing stands still, however long nothing happened. */
const longestMs = 2000
/** Verdicts fall one by one. */
const beatMs = 200

/** How long the page waits between two events. */
export const waitMs = (before: LiveEvent, next: LiveEvent, speed: number): number =>
  Math.max(next.type === 'verdict' ? beatMs : 0, Math.min(longestMs, (next.atMs - before.atMs) / speed))

/** Every listener has a pace of its own, and begins where it left off. */
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

/** Events go to every listener, and all of them to a later one; the end of the run is the end of it. */
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
