import type { V1Pod, V1PodCondition } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { podFacts, podGroup, podState } from './pod-lane.ts'
import type { StateText } from './pod-lane.ts'

const is = (type: string, status: string, rest: Partial<V1PodCondition> = {}): V1PodCondition => ({ type, status, ...rest })

/** A pod on a node, with what differs. */
const pod = ({ status, ...rest }: V1Pod = {}): V1Pod => ({
  metadata: { name: 'critical-1', labels: { app: 'critical' } },
  spec: { nodeName: 'worker', priority: 0, containers: [] },
  ...rest,
  status: { phase: 'Running', ...status },
})

const ready = pod({ status: { conditions: [is('Ready', 'True')] } })
const notReady = pod({ status: { conditions: [is('Ready', 'False', { message: 'containers with unready status: [server]' })] } })
const wasReady: StateText[] = [{ state: 'ready', text: '' }]

const lowOnMemory = 'The node was low on resource: memory. Threshold quantity: 512Mi, available: 509512Ki.'
const evicted = pod({ status: { phase: 'Failed', reason: 'Evicted', message: lowOnMemory } })

test('a pod without a node is pending, and what the scheduler says of it is kept', () => {
  const waiting = pod({
    spec: { containers: [] },
    status: {
      phase: 'Pending',
      conditions: [is('PodScheduled', 'False', { message: '0/4 nodes are available: 4 Too many pods.' })],
    },
  })
  expect(podState(waiting, [])).toEqual({ state: 'pending', text: '0/4 nodes are available: 4 Too many pods.' })
  expect(podState(pod({ spec: { containers: [] } }), [])).toEqual({ state: 'pending', text: '' })
})

test('a pod that has a node and was never ready is starting, with what it waits for', () => {
  expect(podState(notReady, [{ state: 'pending', text: '' }])).toEqual({
    state: 'starting',
    text: 'containers with unready status: [server]',
  })
})

test('a pod that was ready once is unready, not starting, also when it was something else in between', () => {
  expect(podState(notReady, wasReady).state).toBe('unready')
  expect(podState(notReady, [...wasReady, { state: 'unready', text: '' }]).state).toBe('unready')
})

test('a pod is ready by its condition, not by its phase', () => {
  expect(podState(ready, [])).toEqual({ state: 'ready', text: '' })
  expect(podState(pod({ status: { phase: 'Running' } }), []).state).toBe('starting')
})

test('a pod that is being deleted is terminating while it still answers and after it failed', () => {
  const metadata = { ...pod().metadata, deletionTimestamp: new Date() }
  expect(podState({ ...ready, metadata }, wasReady)).toEqual({ state: 'terminating', text: '' })
  expect(podState(pod({ metadata, status: { phase: 'Failed' } }), wasReady).state).toBe('terminating')
})

test('a pod that is preempted says so while it terminates', () => {
  const message = 'default-scheduler: preempting to accommodate a higher priority pod'
  const preempted = pod({
    metadata: { deletionTimestamp: new Date() },
    status: { conditions: [is('DisruptionTarget', 'True', { reason: 'PreemptionByScheduler', message })] },
  })
  expect(podState(preempted, wasReady)).toEqual({ state: 'terminating', text: message })
})

test('a pod that ended by itself is failed or succeeded', () => {
  expect(podState(pod({ status: { phase: 'Succeeded' } }), wasReady)).toEqual({ state: 'succeeded', text: '' })
  const rejected = pod({ status: { phase: 'Failed', reason: 'OutOfmemory', message: 'Node did not have enough memory' } })
  expect(podState(rejected, [])).toEqual({ state: 'failed', text: 'OutOfmemory: Node did not have enough memory' })
  expect(podState(pod({ status: { phase: 'Failed' } }), [])).toEqual({ state: 'failed', text: '' })
})

test('a pod is evicted when its status says so, with the words of the kubelet', () => {
  expect(podState(evicted, wasReady)).toEqual({ state: 'evicted', text: lowOnMemory })
})

test('a pod is evicted as soon as the kubelet says it will disrupt it, while its processes still run', () => {
  const disrupted = pod({
    status: {
      conditions: [is('Ready', 'True'), is('DisruptionTarget', 'True', { reason: 'TerminationByKubelet', message: lowOnMemory })],
    },
  })
  expect(podState(disrupted, wasReady)).toEqual({ state: 'evicted', text: lowOnMemory })
})

test('an evicted pod whose processes left with 0 stays evicted, though its status says Succeeded and nothing else', () => {
  const known: StateText[] = [...wasReady, { state: 'evicted', text: lowOnMemory }]
  expect(podState(pod({ status: { phase: 'Succeeded' } }), known)).toMatchObject({ state: 'evicted', text: lowOnMemory })
  expect(podState(pod({ metadata: { deletionTimestamp: new Date() } }), known).state).toBe('evicted')
})

test('an evicted pod keeps the text it had last, so that its lane does not go back and forth between two', () => {
  const known: StateText[] = [
    { state: 'evicted', text: `Pod was rejected: ${lowOnMemory}` },
    { state: 'evicted', text: lowOnMemory },
  ]
  expect(podState(evicted, known)).toMatchObject({ state: 'evicted', text: lowOnMemory })
})

test('the facts of a pod are what decides about it, and a pod that says nothing has priority 0 and no node', () => {
  const facts = pod({ spec: { nodeName: 'worker', priority: -10, containers: [] }, status: { qosClass: 'Burstable' } })
  expect(podFacts(facts)).toEqual({ node: 'worker', priority: -10, qos: 'Burstable', uid: '', restarts: 0 })
  expect(podFacts({})).toEqual({ node: null, priority: 0, qos: '', uid: '', restarts: 0 })
})

test('pods are grouped by their label app; one without it is a group of its own', () => {
  expect(podGroup(pod())).toBe('critical')
  expect(podGroup({ metadata: { name: 'newcomer' } })).toBe('newcomer')
})
