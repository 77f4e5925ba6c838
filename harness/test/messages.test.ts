// Whether what each version of Kubernetes says is read: from messages that were recorded in runs of the lab.
import { describe, expect, test } from 'vitest'
import { catalogue, minorOf } from '../../kind-configs/kubernetes.ts'
import { probe as evictions } from '../probe/api/evictions.ts'
import { parseSchedulerMessage } from '../probe/kit/scheduler-message.ts'
import { probe as podStart } from '../probe/api/pod-start.ts'
import { probe as scheduling } from '../probe/api/scheduling.ts'
import { unquoted } from '../report/exhibit/episodes/key-events.ts'
import { nodeLane, podLane, timelineOf } from './fixtures/episodes.ts'
import { recorded } from './fixtures/messages/recorded.ts'
import { readTimeline } from './fixtures/read-timeline.ts'

const all = await recorded()

test('every minor version of the catalogue has messages that were recorded with it', () => {
  expect(all.map(({ kubernetes }) => minorOf(kubernetes))).toEqual(catalogue.map(({ minor }) => minor).toSorted())
})

describe.each(all)('of Kubernetes $kubernetes', ({ events, nodes }) => {
  const said = (reason: string): string[] => events.filter((event) => event.reason === reason).map(({ message }) => message)
  const told = (reason: string, name: string) =>
    said(reason).map((message, index) => ({ atMs: 1000 + index, kind: 'Pod', name, reason, message }))

  test.each(said('FailedScheduling'))('every node that the scheduler counts is read: %s', (text) => {
    const parsed = parseSchedulerMessage(text)
    const sum = (counts: readonly { readonly nodes: number }[]): number =>
      counts.reduce((total, { nodes: count }) => total + count, 0)
    const numbers = [...text.matchAll(/(?<=[:,] )\d+(?= )/g)].map(([number]) => Number(number))
    expect(parsed?.nodes).toBeGreaterThan(0)
    expect(sum(parsed?.reasons ?? []) + sum(parsed?.preemption ?? [])).toBe(sum(numbers.map((number) => ({ nodes: number }))))
    for (const { why } of [...(parsed?.reasons ?? []), ...(parsed?.preemption ?? [])]) expect(why).toMatch(/^[a-z]/i)
  })

  test('nodes without preemption victims are counted, and so is whom the scheduler preempted', async () => {
    const waiting = podLane('critical', [[500, 'pending']])
    const timeline = timelineOf([waiting], {
      events: [...told('FailedScheduling', waiting.name), ...told('Preempted', 'batch-1')],
    })
    const { metrics } = await readTimeline(scheduling, { of: 'critical' }, timeline)
    expect(metrics.no_preemption_victims).toBeGreaterThan(0)
    expect(metrics.preempted).toBe(said('Preempted').length)
    expect(metrics.preempted).toBeGreaterThan(0)
  })

  test('what the kubelet says when it evicts a pod, for want of memory and of disk, stands as proof', async () => {
    for (const message of said('Evicted')) {
      const lane = podLane('orders', [[1000, 'evicted']])
      const event = { atMs: 1000, kind: 'Pod', name: lane.name, reason: 'Evicted', message }
      const { proof } = await readTimeline(evictions, { culprit: 'flooder' }, timelineOf([lane], { events: [event] }))
      expect(proof).toEqual([expect.stringContaining(message)])
    }
    for (const resource of ['memory', 'ephemeral-storage'])
      expect(said('Evicted')).toContainEqual(expect.stringContaining(`The node was low on resource: ${resource}. `))
  })

  test('the taints of a node under pressure keep a pod out', async () => {
    for (const pressure of ['memory-pressure', 'disk-pressure'] as const) {
      const { text } = nodes.find((node) => node.state === pressure && node.text !== '') ?? { text: '' }
      const lanes = [podLane('critical', [[500, 'pending']]), nodeLane([[0, pressure, text]])]
      const { metrics } = await readTimeline(scheduling, { of: 'critical' }, timelineOf(lanes))
      expect(metrics.critical_blocked_by_taint, pressure).toBe(1)
    }
  })

  test('a pod without an address is distinguished from others that do not start', async () => {
    const lane = podLane('canary', [[500, 'starting']])
    const timeline = timelineOf([lane], {
      events: told('FailedCreatePodSandBox', lane.name),
      actions: [{ atMs: 0, what: 'deploy' }],
    })
    const { metrics } = await readTimeline(
      podStart,
      { of: 'canary', refusal: 'no IP addresses available in range set' },
      timeline,
    )
    expect(metrics.canary_refusals).toBe(said('FailedCreatePodSandBox').length)
    expect(metrics.canary_refusals).toBeGreaterThan(0)
  })

  test('all of it is shown in a report as what the cluster said', () => {
    const happened = events.map(({ reason, message }, index) => ({ atMs: index, kind: 'Pod', name: 'a', reason, message }))
    const shown = unquoted(timelineOf([], { events: happened }), []).map(({ event }) => event.message)
    for (const { reason } of events) expect(shown, reason).toEqual(expect.arrayContaining(said(reason).slice(0, 1)))
  })
})
