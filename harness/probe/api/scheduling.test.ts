import { expect, test } from 'vitest'
import type { Happening, Lane } from '../../model/timeline.ts'
import { laneOf, nodeLane, podLane, serviceLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { readTimeline } from '../../test/fixtures/read-timeline.ts'
import { evictedCritical, fullDisk, preemptingCritical } from '../../test/fixtures/recorded-episodes.ts'
import { probe } from './scheduling.ts'

const event = (rest: Partial<Happening>): Happening => ({
  atMs: 1000,
  kind: 'Pod',
  name: 'critical',
  reason: 'FailedScheduling',
  message: '',
  ...rest,
})
const read = (lanes: readonly Lane[], events: Happening[] = []) =>
  readTimeline(probe, { of: 'critical' }, timelineOf(lanes, { events }))
const noVictims = (nodes: number): string =>
  `0/4 nodes are available: 4 Insufficient memory. preemption: 0/4 nodes are available: ${nodes} No preemption victims found for incoming pod.`

const waiting = podLane('critical', [
  [5000, 'pending'],
  [25_000, 'starting'],
  [26_000, 'ready'],
])

test('a group waits while a pod of it is pending and none is ready', async () => {
  expect((await read([waiting])).metrics.critical_pending_s).toBe(20)
  const other = podLane(
    'critical',
    [
      [-5000, 'ready'],
      [12_000, 'terminating'],
      [13_000, 'gone'],
    ],
    'critical-2',
  )
  expect((await read([waiting, other])).metrics.critical_pending_s, 'another one was ready until 12 s').toBe(13)
  const all = podLane('critical', [[-5000, 'ready']], 'critical-3')
  expect((await read([waiting, other, all])).metrics.critical_pending_s).toBe(0)
})

test('pods that wait one after the other wait as one, the longest stretch counts', async () => {
  const next = podLane(
    'critical',
    [
      [25_000, 'pending'],
      [30_000, 'ready'],
    ],
    'critical-2',
  )
  const short = podLane(
    'critical',
    [
      [50_000, 'pending'],
      [51_000, 'ready'],
      [55_000, 'gone'],
    ],
    'critical-3',
  )
  const first = podLane('critical', [
    [5000, 'pending'],
    [25_000, 'gone'],
  ])
  expect((await read([first, next, short])).metrics.critical_pending_s).toBe(25)
})

test('pods of other groups, and a Service of the same name, do not wait for it', async () => {
  const lanes = [podLane('batch', [[0, 'pending']]), serviceLane('critical', [[0, 'unserved']])]
  expect((await read(lanes)).metrics).toMatchObject({ critical_pending_s: 0, critical_replacements: 0 })
})

const tainted = 'taint node.kubernetes.io/memory-pressure:NoSchedule'

test('a pending pod is blocked by a taint only while the node really has one', async () => {
  const blockedBy = async (...states: Parameters<typeof nodeLane>[0]) =>
    (await read([waiting, nodeLane(states)])).metrics.critical_blocked_by_taint
  expect(await blockedBy([-9000, 'ready'], [10_000, 'memory-pressure', tainted], [15_000, 'ready'])).toBe(1)
  expect(await blockedBy([-9000, 'ready'], [10_000, 'ready', tainted]), 'a taint that outlasts the pressure').toBe(1)
  expect(await blockedBy([-9000, 'memory-pressure']), 'pressure without its taint').toBe(0)
  expect(await blockedBy([-9000, 'memory-pressure', tainted], [5000, 'ready']), 'over when the pod came').toBe(0)
  expect(await blockedBy([-9000, 'ready'], [25_000, 'memory-pressure', tainted]), 'when the pod had its node').toBe(0)
  expect(await blockedBy([-9000, 'ready', 'taint example.com/mine:NoSchedule']), 'a taint of another owner').toBe(0)
})

test('a taint blocks a pod also while another one of its group is ready', async () => {
  const other = podLane('critical', [[-5000, 'ready']], 'critical-2')
  expect((await read([waiting, other, nodeLane([[0, 'ready', tainted]])])).metrics.critical_blocked_by_taint).toBe(1)
})

test('the priority of a group is its lowest, and not measured where the group has no pod', async () => {
  const high = laneOf({ kind: 'pod', name: 'b', group: 'critical', pod: { node: null, priority: 1000, qos: '' } }, [[0, 'ready']])
  expect((await read([high])).metrics.critical_priority).toBe(1000)
  expect((await read([high, waiting])).metrics.critical_priority).toBe(0)
  expect((await read([podLane('batch', [[0, 'ready']])])).metrics).not.toHaveProperty('critical_priority')
})

test('replacements are pods that were first seen after the trigger', async () => {
  const old = podLane('critical', [[-5000, 'ready']], 'critical-2')
  expect((await read([old, waiting])).metrics.critical_replacements).toBe(1)
})

test('the most nodes without preemption victims that the scheduler reported for the group count', async () => {
  const events = [
    event({ message: noVictims(1) }),
    event({ message: noVictims(3) }),
    event({
      message:
        '0/4 nodes are available: 4 Too many pods. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
    }),
    event({ message: noVictims(4), name: 'batch-1' }),
    event({ message: noVictims(4), atMs: -1 }),
    event({ message: noVictims(4), reason: 'Scheduled' }),
  ]
  expect((await read([waiting, podLane('batch', [[0, 'pending']], 'batch-1')], events)).metrics.no_preemption_victims).toBe(3)
  expect((await read([waiting])).metrics.no_preemption_victims).toBe(0)
})

test('what the scheduler said is shown once, however often it said it', async () => {
  const { proof } = await read([waiting], [event({ message: noVictims(1) }), event({ message: noVictims(1), atMs: 2000 })])
  expect(proof?.filter((line) => line.startsWith('scheduler'))).toEqual([`scheduler, of critical: ${noVictims(1)}`])
})

test('pods that were preempted after the trigger are counted, whatever group they are of', async () => {
  const preempted = { reason: 'Preempted', message: 'Preempted by pod x on node worker' }
  const events = [
    event({ ...preempted, name: 'batch-1' }),
    event({ ...preempted, name: 'batch-2', atMs: -1 }),
    event({ kind: 'Node', ...preempted }),
  ]
  const { metrics, proof } = await read([waiting], events)
  expect(metrics.preempted).toBe(1)
  expect(proof).toContain('preempted batch-1 at 1.0 s: Preempted by pod x on node worker')
})

test('recorded episodes are read as they were', async () => {
  expect((await readTimeline(probe, { of: 'critical' }, evictedCritical.timeline)).metrics).toEqual({
    critical_pending_s: 62.885,
    critical_priority: 0,
    critical_replacements: 1,
    no_preemption_victims: 1,
    preempted: 0,
    critical_blocked_by_taint: 1,
  })
  expect((await readTimeline(probe, { of: 'critical' }, preemptingCritical.timeline)).metrics).toEqual({
    critical_pending_s: 6.725,
    critical_priority: 1_000_000,
    critical_replacements: 1,
    no_preemption_victims: 0,
    preempted: 1,
    critical_blocked_by_taint: 1,
  })
  expect((await readTimeline(probe, { of: 'newcomer' }, fullDisk.timeline)).metrics).toMatchObject({
    newcomer_pending_s: 15.305,
    newcomer_blocked_by_taint: 1,
  })
})
