// The client is down in seconds in which calls are due and none is answered, on the time axis of the trigger.
import { expect, it } from 'vitest'
import { loadOf, timelineOf } from '../test/fixtures/episodes.ts'
import { callSeconds, downAtEnd, downs } from './client-calls.ts'
import { totalMs } from './lane-spans.ts'
import type { CallSecond } from './client-calls.ts'

const seconds = (...counts: readonly (readonly [answered: number, failed: number])[]): CallSecond[] =>
  counts.map(([answered, failed], second) => ({ fromMs: second * 1000, toMs: (second + 1) * 1000, answered, failed }))

it('joins seconds in which nothing is answered', () => {
  expect(downs(seconds([5, 0], [0, 4], [0, 5], [4, 1], [0, 5]))).toEqual([
    { fromMs: 1000, toMs: 3000 },
    { fromMs: 4000, toMs: 5000 },
  ])
  expect(totalMs(downs(seconds([5, 0], [0, 4], [0, 5], [4, 1], [0, 5])))).toBe(3000)
})

it('does not call the client down when nothing was due, or anything is answered', () => {
  expect(downs(seconds([0, 0], [1, 4]))).toEqual([])
})

it('counts the load from the trigger, however long before it the load began', () => {
  const called = callSeconds(timelineOf([]), loadOf('2026-11-23T11:59:46.400Z', '5/0 0/5'))
  expect(called[0]?.fromMs).toBe(-13_600)
  expect(downs(called)).toEqual([{ fromMs: -12_600, toMs: -11_600 }])
})

it('counts the fraction of a second at the end of the load to the second before: one failed call alone in it is no time down', () => {
  const called = callSeconds(timelineOf([]), loadOf('2026-11-23T12:00:00.000Z', '5/0 5/0 0/1', 2050))
  expect(called.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [0, 1000],
    [1000, 3000],
  ])
  expect(downs(called)).toEqual([])
})

it('keeps a time down that was not over at the end of the load whole', () => {
  const called = callSeconds(timelineOf([]), loadOf('2026-11-23T12:00:00.000Z', '5/0 0/5 0/1', 2050))
  expect(downs(called)).toEqual([{ fromMs: 1000, toMs: 3000 }])
  expect(downAtEnd(called)).toEqual({ fromMs: 1000, toMs: 3000 })
})
