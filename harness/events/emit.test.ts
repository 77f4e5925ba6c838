// The events of a running trial are sent once, in order, to its end.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { evicted } from '../test/fixtures/accepted-runs.ts'
import type { LoadSecond } from '../model/trial.ts'
import { emitToEnd, noEvents, emitTrial } from './emit.ts'
import type { RunEvent } from './emit.ts'

const begins = { slug: 'an-incident', arm: 'fix', block: 0, replica: 0, node: null, pods: ['a'], rateRps: 2, lastsMs: 1 }

let events: (RunEvent & { readonly atMs: number | undefined })[]
const emit = (event: RunEvent, atMs?: number): void => void events.push({ ...event, atMs })
beforeEach(() => {
  events = []
})
afterEach(() => {
  vi.useRealTimers()
})

const second = (number: number): LoadSecond => ({ second: number, pods: { a: 2 }, failed: 0, notSent: 0, latencyUs: null })
const noSeries = () => ({})

const timesOf = (type: RunEvent['type']): (number | undefined)[] =>
  events.filter((each) => each.type === type).map(({ atMs }) => atMs)

const { timeline } = evicted.scenarios[0]?.trials.find(({ arm }) => arm === 'incident') ?? {}
if (!timeline) throw new Error('the accepted run has an incident')
const trigger = Date.parse(timeline.startedAt)

test('seconds are a second apart, though some are sent later than others', () => {
  vi.useFakeTimers({ now: 10_000 })
  const emitter = emitTrial(emit, { ...begins, kind: 'steady' })
  for (const [number, atMs] of [11_050, 12_100, 13_150].entries()) {
    vi.setSystemTime(atMs)
    emitter.second(second(number), noSeries)
  }
  expect(timesOf('second')).toEqual([11_050, 12_050, 13_050])
})

test('the seconds of the next window start again', () => {
  vi.useFakeTimers({ now: 11_000 })
  const emitter = emitTrial(emit, { ...begins, kind: 'steady' })
  emitter.second(second(0), noSeries)
  vi.setSystemTime(21_400)
  emitter.second(second(0), noSeries)
  expect(timesOf('second')).toEqual([11_000, 21_400])
})

test('continuous measurements of a probe are sent with the second', () => {
  const points: [number, number][] = [[5000, 100], [5500, 300], [6000, 500]] // prettier-ignore
  const series = () => ({ throttled_ms: { label: 'throttled time', unit: 'ms', points } })
  emitTrial(emit, { ...begins, kind: 'steady' }).second(second(0), series)
  expect(events.at(-1)).toMatchObject({ gauges: [{ label: 'throttled', unit: 'ratio', value: 0.4 }] })
})

test('without an observer, nothing is looked up', () => {
  const emitter = emitTrial(noEvents, { ...begins, kind: 'episode' })
  const unasked = (): never => expect.unreachable('it was looked up')
  emitter.second(second(0), unasked)
  emitter.story(unasked)
  emitter.end([], null)
})

test('each event of a growing timeline is sent once, at its time', () => {
  const emitter = emitTrial(emit, { ...begins, kind: 'episode' })
  const first = timeline.lanes.slice(0, 2)
  emitter.story(() => ({ timeline: { ...timeline, lanes: first, events: [], actions: [] }, isTriggered: true }))
  emitter.story(() => ({ timeline: timeline, isTriggered: true }))
  emitter.story(() => ({ timeline: timeline, isTriggered: true }))
  const lanes = timeline.lanes.flatMap(({ states }) => states)
  const inOrder = (times: readonly (number | undefined)[]) => times.toSorted((a = 0, b = 0) => a - b)
  expect(inOrder(timesOf('lane'))).toEqual(inOrder(lanes.map(({ atMs }) => trigger + atMs)))
  expect(timesOf('event')).toHaveLength(timeline.events.length)
})

test('the trigger is sent when it is applied', () => {
  const emitter = emitTrial(emit, { ...begins, kind: 'episode' })
  emitter.story(() => ({ timeline: { ...timeline, actions: [] }, isTriggered: false }))
  expect(timesOf('action')).toEqual([])
  emitter.story(() => ({ timeline: { ...timeline, actions: [] }, isTriggered: true }))
  expect(timesOf('action')).toEqual([trigger])
})

test('a trial ends with what makes it not count, and one that was cut off says so', async () => {
  const ended = async () => ({ invalid: ['the host was busy'], timeline: null })
  await emitToEnd(emitTrial(emit, { ...begins, kind: 'steady' }), ended)
  const cutOff = emitToEnd(emitTrial(emit, { ...begins, kind: 'steady' }), () => Promise.reject(new Error('no more disk')))
  await expect(cutOff).rejects.toThrow('no more disk')
  const ends = events.filter(({ type }) => type === 'trial-ends')
  expect(ends).toMatchObject([{ invalid: ['the host was busy'] }, { invalid: ['it was interrupted: no more disk'] }])
  const names = events.map((event) => 'trial' in event && event.trial)
  expect(new Set(names).size, 'two trials have two names').toBe(2)
})
