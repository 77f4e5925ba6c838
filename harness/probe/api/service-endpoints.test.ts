import { expect, test } from 'vitest'
import { podLane, serviceLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { evictedCritical } from '../../test/fixtures/recorded-episodes.ts'
import { probe } from './service-endpoints.ts'

const read = (lanes: Parameters<typeof timelineOf>[0]) => readTimeline(probe, { service: 'orders' }, timelineOf(lanes))

test('the time a Service had no endpoint is added up after the trigger', async () => {
  const orders = serviceLane('orders', [
    [-5000, 'unserved'],
    [1000, 'served'],
    [20_000, 'unserved'],
    [22_500, 'served'],
    [59_000, 'unserved'],
  ])
  expect(await read([orders])).toEqual({
    metrics: { unserved_s: 4.5 },
    proof: [
      'Service orders: no ready endpoint from 0.0 s to 1.0 s',
      'Service orders: no ready endpoint from 20.0 s to 22.5 s',
      'Service orders: no ready endpoint from 59.0 s to 60.0 s',
    ],
  })
})

test('other Services, and pods of its name, do not count', async () => {
  const lanes = [
    serviceLane('orders', [[-5000, 'served']]),
    serviceLane('search', [[0, 'unserved']]),
    podLane('orders', [[0, 'unserved']]),
  ]
  expect((await read(lanes)).metrics).toEqual({ unserved_s: 0 })
})

test('of a Service that was never seen nothing is known: no metric, rather than no time', async () => {
  expect((await read([serviceLane('search', [[0, 'served']])])).metrics).toEqual({})
})

test('a recorded episode is read as it was', async () => {
  const { metrics } = await readTimeline(probe, { service: 'critical' }, evictedCritical.timeline)
  expect(metrics).toEqual({ unserved_s: 62.885 })
})
