import { expect, test } from 'vitest'
import { nodeLane, podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { evictedCritical, fullDisk } from '../../test/fixtures/recorded-episodes.ts'
import { probe } from './evictions.ts'

const evictedAt = (group: string, atMs: number, name = group) =>
  podLane(
    group,
    [
      [-5000, 'ready'],
      [atMs, 'evicted', `low on ${name}`],
    ],
    name,
  )
const read = (lanes: Parameters<typeof timelineOf>[0], options: unknown = { culprit: 'flooder' }) =>
  readTimeline(probe, options, timelineOf(lanes))

test('bystanders that went before the culprit are counted apart from those that went after it', async () => {
  const lanes = [evictedAt('mail', 9000), evictedAt('flooder', 5000), evictedAt('orders', 1000), evictedAt('search', 3000)]
  const { metrics, proof } = await read(lanes)
  expect(metrics).toEqual({
    evictions: 4,
    bystanders_evicted: 3,
    bystanders_evicted_first: 2,
    culprit_evictions: 1,
    first_bystander_evicted_s: 1,
  })
  expect(proof).toEqual([
    'eviction 1, orders at 1.0 s: low on orders',
    'eviction 2, search at 3.0 s: low on search',
    'eviction 3, flooder at 5.0 s: low on flooder',
    'eviction 4, mail at 9.0 s: low on mail',
  ])
})

test('every bystander went before a culprit that was never evicted', async () => {
  expect((await read([evictedAt('orders', 1000), podLane('flooder', [[0, 'ready']])])).metrics).toMatchObject({
    bystanders_evicted_first: 1,
    culprit_evictions: 0,
  })
})

test('each pod of the culprit that is evicted counts, and alone leaves no time of a first bystander', async () => {
  const { metrics } = await read([evictedAt('flooder', 1000, 'flooder-1'), evictedAt('flooder', 2000, 'flooder-2')])
  expect(metrics).toEqual({ evictions: 2, bystanders_evicted: 0, bystanders_evicted_first: 0, culprit_evictions: 2 })
})

test('an eviction before the trigger does not count', async () => {
  expect((await read([evictedAt('orders', -1), evictedAt('search', 0)])).metrics).toMatchObject({
    evictions: 1,
    first_bystander_evicted_s: 0,
  })
})

test('a pod is evicted once, however often its text changes and whatever becomes of it', async () => {
  const lane = podLane('orders', [
    [1000, 'evicted', 'rejected'],
    [1002, 'evicted', 'low on disk'],
    [4000, 'terminating'],
    [4500, 'gone'],
  ])
  const { metrics, proof } = await read([lane])
  expect(metrics.evictions).toBe(1)
  expect(proof).toEqual(['eviction 1, orders at 1.0 s: rejected'])
})

test('a group that is watched for has a count of its own, 0 when nothing happened to it', async () => {
  const lanes = [evictedAt('orders', 1000), nodeLane([[0, 'disk-pressure']])]
  expect((await read(lanes, { culprit: 'flooder', victim: 'orders' })).metrics.orders_evictions).toBe(1)
  expect((await read(lanes, { culprit: 'flooder', victim: 'search' })).metrics.search_evictions).toBe(0)
  expect(Object.keys(probe.metrics({ culprit: 'flooder', victim: 'search' }))).toContain('search_evictions')
})

test('recorded episodes are read as they were', async () => {
  expect((await readTimeline(probe, { culprit: 'flooder' }, fullDisk.timeline)).metrics).toEqual({
    evictions: 4,
    bystanders_evicted: 3,
    bystanders_evicted_first: 3,
    culprit_evictions: 1,
    first_bystander_evicted_s: 23.575,
  })
  const { metrics } = await readTimeline(probe, { culprit: 'hog', victim: 'critical' }, evictedCritical.timeline)
  expect(metrics).toMatchObject({ critical_evictions: 1, culprit_evictions: 0, first_bystander_evicted_s: 8.407 })
})
