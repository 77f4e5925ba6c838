import { expect, test } from 'vitest'
import { throttling } from '../test/fixtures/accepted-runs.ts'
import type { LiveEvent } from '../events/event.ts'
import type { RunEvent } from '../events/emit.ts'
import { eventsOf } from './events-of.ts'
import { openFeed, replayFeed, waitMs } from './feed.ts'
import type { Feed, Numbered } from './feed.ts'

const at = (atMs: number, type: 'run-ends' | 'verdict' = 'run-ends'): LiveEvent =>
  type === 'run-ends'
    ? { type, atMs, verdict: '' }
    : { type, atMs, slug: '', arm: '', verdict: 'fixed', asExpected: true, reason: '' }

test('a second takes as much less as the replay is faster', () => {
  expect(waitMs(at(1000), at(2000), 1)).toBe(1000)
  expect(waitMs(at(1000), at(2000), 20)).toBe(50)
})

test('where nothing happened for long, the page waits two seconds', () => {
  expect(waitMs(at(0), at(3_600_000), 20)).toBe(2000)
})

test('verdicts of the same moment are sent one by one', () => {
  expect(waitMs(at(1000), at(1000, 'verdict'), 20)).toBeGreaterThan(0)
  expect(waitMs(at(1000), at(1000), 20)).toBe(0)
})

const events = eventsOf(throttling)
  .map((event) => ({ ...event, atMs: 0 }))
  .filter(({ type }) => type !== 'verdict')

test('a client that names the last event it got is sent the rest, each with its number', async () => {
  const feed = replayFeed(events, 20)
  for (const after of [-1, 0, events.length - 2, events.length - 1, events.length + 5]) {
    const got: Numbered[] = []
    for await (const numbered of feed({ after, speed: null }, new AbortController().signal)) got.push(numbered)
    expect(got.map(({ event }) => event)).toEqual(events.slice(after + 1))
    expect(got.map(({ id }) => id)).toEqual(events.map((_, id) => id).slice(after + 1))
  }
})

test('it waits before what comes later, and a signal ends the wait', async () => {
  const leaving = new AbortController()
  const feed = replayFeed([at(0), at(60_000)], 1)({ after: -1, speed: null }, leaving.signal)[Symbol.asyncIterator]()
  expect(await feed.next()).toMatchObject({ done: false, value: { id: 0 } })
  const next = feed.next()
  leaving.abort()
  await expect(next).rejects.toThrow(/abort/i)
})

const heard = async (feed: Feed, after: number, signal = new AbortController().signal): Promise<Numbered[]> => {
  const got: Numbered[] = []
  for await (const numbered of feed({ after, speed: null }, signal)) got.push(numbered)
  return got
}

const over: RunEvent = { type: 'trial-ends', trial: 'a/0', invalid: [], ended: null }

test('a listener gets events as they happen, a later one all of them; the end of the run is the end', async () => {
  const { emit, feed } = openFeed()
  const first = heard(feed, -1)
  emit({ type: 'run-begins', startedAt: new Date(5000).toISOString(), mode: 'quick', kubernetes: '', scenarios: [] }, 5000)
  emit(over, 6500)
  await Promise.resolve()
  const later = heard(feed, 0)
  emit(over, 4000)
  emit({ type: 'run-ends', verdict: '' }, 9000)
  const all = await first
  expect(all.map(({ id, event }) => [id, event.type, event.atMs])).toEqual([
    [0, 'run-begins', 0],
    [1, 'trial-ends', 1500],
    [2, 'trial-ends', 0],
    [3, 'run-ends', 4000],
  ])
  expect(await later).toEqual(all.slice(1))
})

test('a listener that leaves gets nothing more, and waits for nothing', async () => {
  const { emit, feed } = openFeed()
  const leaving = new AbortController()
  emit(over)
  const hearing = heard(feed, -1, leaving.signal)
  await new Promise(setImmediate)
  leaving.abort()
  expect(await hearing).toHaveLength(1)
})
