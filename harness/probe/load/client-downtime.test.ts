import { expect, test } from 'vitest'
import { loadOf, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { evictedCritical, preemptingCritical } from '../../test/fixtures/recorded-episodes.ts'
import { downRanges, probe } from './client-downtime.ts'

/** The load begins so many ms before the trigger. */
const begun = (msBefore: number, seconds: string) =>
  loadOf(new Date(Date.parse('2026-11-23T12:00:00.000Z') - msBefore).toISOString(), seconds)

const metricsOf = async (seconds: string) => (await readTimeline(probe, {}, timelineOf([]), begun(2000, seconds))).metrics

test('seconds of the client are given as times after the trigger, whole and joined', () => {
  expect(downRanges(timelineOf([]), begun(4500, '5/0 5/0 5/0 5/0 5/0 5/0 0/5 0/5 5/0 0/5'))).toEqual([
    [1500, 3500],
    [4500, 5500],
  ])
})

test('a second with both replies and failures is not down', () => {
  expect(downRanges(timelineOf([]), begun(0, '1/4 0/5 1/4'))).toEqual([[1000, 2000]])
})

test('requests that were due and never sent count as not answered', () => {
  expect(downRanges(timelineOf([]), begun(0, '5/0 0/0/5 5/0'))).toEqual([[1000, 2000]])
})

test('a second in which no request was due is not down', () => {
  expect(downRanges(timelineOf([]), begun(0, '5/0 0/0 5/0'))).toEqual([])
})

test('failures before the trigger do not count, and of the second it falls into only what follows it', () => {
  expect(downRanges(timelineOf([]), begun(2000, '0/5 0/5 5/0'))).toEqual([])
  expect(downRanges(timelineOf([]), begun(2400, '0/5 0/5 0/5 5/0'))).toEqual([[0, 600]])
})

test('downtime is the sum of all stretches, and the longest is reported separately', async () => {
  expect(await metricsOf('5/0 5/0 0/5 0/5 5/0 0/5 5/0')).toEqual({
    client_down_s: 3,
    longest_down_s: 2,
    served_at_end: 1,
    observed_s: 60,
  })
})

test('whether it is served at the end the last second says in which calls were due', async () => {
  expect((await metricsOf('5/0 5/0 0/5 5/0')).served_at_end).toBe(1)
  expect((await metricsOf('5/0 5/0 5/0 0/5')).served_at_end).toBe(0)
  expect((await metricsOf('5/0 5/0 0/0/5 0/0')).served_at_end).toBe(0)
  expect((await metricsOf('0/0/5 0/0/5')).served_at_end, 'nothing ever came back').toBe(0)
})

test('downtime is proven by its times and by how the requests failed', async () => {
  const load = { ...begun(0, '5/0 0/5'), failures: { ECONNREFUSED: 4, DEADLINE_EXCEEDED: 1 } }
  expect((await readTimeline(probe, {}, timelineOf([]), load)).proof).toEqual([
    'client: no reply from 1.0 s to 2.0 s after the trigger',
    'client: failed requests: 4 × ECONNREFUSED, 1 × DEADLINE_EXCEEDED',
  ])
})

test('recorded episodes are read as they were', async () => {
  const evicted = await readTimeline(probe, {}, evictedCritical.timeline, evictedCritical.load)
  expect(evicted.metrics).toEqual({ client_down_s: 63, longest_down_s: 63, served_at_end: 0, observed_s: 71.781 })
  const preempting = await readTimeline(probe, {}, preemptingCritical.timeline, preemptingCritical.load)
  expect(preempting.metrics).toEqual({ client_down_s: 7, longest_down_s: 7, served_at_end: 1, observed_s: 45.15 })
})
