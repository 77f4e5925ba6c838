import { expect, test } from 'vitest'
import type { Happening, Lane, Timeline } from '../../model/timeline.ts'
import { podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { probe } from './pod-start.ts'

const refusal = 'no IP addresses available in range set'
const read = (lanes: readonly Lane[], rest: Partial<Timeline> = {}) =>
  readTimeline(probe, { of: 'canary', refusal }, timelineOf(lanes, rest))
const said = (name: string, id: string): Happening => ({
  atMs: 21_000,
  kind: 'Pod',
  name,
  reason: 'FailedCreatePodSandBox',
  message: `failed to setup network for sandbox "${id.repeat(64)}": ${refusal}: 10.244.1.2-10.244.1.25`,
})
const actions = [
  { atMs: 0, what: 'trigger' },
  { atMs: 20_000, what: 'a canary' },
  { atMs: 50_000, what: 'remedy' },
]

test('readiness counts from the last thing that was done before it', async () => {
  const early = podLane('canary', [
    [20_000, 'starting'],
    [22_000, 'ready'],
  ])
  expect((await read([early], { actions })).metrics).toMatchObject({ canary_ready_s: 2, canary_ready_at_end: 1 })
  const late = podLane('canary', [
    [20_000, 'starting'],
    [58_000, 'ready'],
  ])
  expect((await read([late], { actions })).metrics).toMatchObject({ canary_ready_s: 8, canary_ready_at_end: 1 })
})

test('a pod that is never ready has waited to the end', async () => {
  const never = podLane('canary', [[20_000, 'starting']])
  expect((await read([never], { actions })).metrics).toMatchObject({ canary_ready_s: 10, canary_ready_at_end: 0 })
})

test('refusals of its pods count, those of others do not, and the first is quoted without the id of its container', async () => {
  const lane = podLane('canary', [[20_000, 'starting']], 'canary-1')
  const events = [said('canary-1', 'a'), said('canary-1', 'b'), said('fleet-1', 'c')]
  const { metrics, proof } = await read([lane], { actions, events })
  expect(metrics.canary_refusals).toBe(2)
  expect(proof).toEqual([
    `kubelet, of canary: FailedCreatePodSandBox: failed to setup network for sandbox …: ${refusal}: 10.244.1.2-10.244.1.25`,
  ])
})
