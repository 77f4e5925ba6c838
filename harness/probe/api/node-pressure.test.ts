import { expect, test } from 'vitest'
import { nodeLane, podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { evictedCritical, fullDisk } from '../../test/fixtures/recorded-episodes.ts'
import { probe } from './node-pressure.ts'

const read = (lanes: Parameters<typeof timelineOf>[0]) => readTimeline(probe, { condition: 'disk-pressure' }, timelineOf(lanes))
const taint = 'taint node.kubernetes.io/disk-pressure:NoSchedule'

test('pressure is described by when it began and by its taint, and all its time is added up', async () => {
  const node = nodeLane([
    [-9000, 'ready'],
    [5000, 'disk-pressure'],
    [5010, 'disk-pressure', taint],
    [15_000, 'ready', taint],
    [20_000, 'disk-pressure', taint],
    [21_000, 'ready'],
  ])
  expect(await read([node])).toEqual({
    metrics: { node_pressure: 1, node_pressure_s: 11 },
    proof: ['worker: disk-pressure from 5.0 s after the trigger', `worker: ${taint}`],
  })
})

test('another pressure, and pressure that was over before the trigger, is none', async () => {
  expect((await read([nodeLane([[0, 'memory-pressure']])])).metrics).toEqual({ node_pressure: 0, node_pressure_s: 0 })
  const over = nodeLane([
    [-9000, 'disk-pressure', taint],
    [-1000, 'ready'],
  ])
  expect(await read([over])).toEqual({ metrics: { node_pressure: 0, node_pressure_s: 0 }, proof: [] })
})

test('without a lane of the node nothing is known: no metric, rather than no pressure', async () => {
  expect((await read([podLane('orders', [[0, 'ready']])])).metrics).toEqual({})
})

test('recorded episodes are read as they were', async () => {
  const memory = await readTimeline(probe, { condition: 'memory-pressure' }, evictedCritical.timeline)
  expect(memory.metrics).toEqual({ node_pressure: 1, node_pressure_s: 10.246 })
  const disk = await readTimeline(probe, { condition: 'disk-pressure' }, fullDisk.timeline)
  expect(disk.metrics).toEqual({ node_pressure: 1, node_pressure_s: 17.351 })
})
