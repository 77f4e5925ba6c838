import { expect, test } from 'vitest'
import { podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { probe } from './stuck-pods.ts'

const member = (name: string, from: number, to?: number) =>
  podLane('fleet', [[-5000, 'ready'], [from, 'terminating'], ...(to === undefined ? [] : [[to, 'gone'] as const])], name)
const read = async (...lanes: ReturnType<typeof member>[]) =>
  (await readTimeline(probe, { of: 'fleet' }, timelineOf(lanes))).metrics

test('all are stuck from when the last is deleted to the end', async () => {
  expect(await read(member('a', 1000), member('b', 3000))).toEqual({
    fleet_pods: 2,
    fleet_all_stuck_s: 57,
    fleet_stuck_at_end: 2,
  })
})

test('all are stuck no longer than until the first of them goes', async () => {
  expect(await read(member('a', 1000, 9000), member('b', 3000))).toMatchObject({ fleet_all_stuck_s: 6, fleet_stuck_at_end: 1 })
})

test('as long as one pod is not deleted, not all are stuck', async () => {
  const alive = podLane('fleet', [[-5000, 'ready']], 'c')
  expect(await read(member('a', 1000), alive)).toMatchObject({ fleet_all_stuck_s: 0, fleet_stuck_at_end: 1 })
})

test('without a pod nothing is stuck', async () => {
  expect(await read()).toEqual({ fleet_pods: 0, fleet_all_stuck_s: 0, fleet_stuck_at_end: 0 })
})
