import { expect, test } from 'vitest'
import { parseSchedulerMessage } from './scheduler-message.ts'

test('a message of Kubernetes 1.34 is parsed: why no node takes the pod, and why preempting does not help', () => {
  const text =
    "0/4 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. " +
    'no new claims to deallocate, preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.'
  expect(parseSchedulerMessage(text)).toEqual({
    nodes: 4,
    reasons: [
      { nodes: 1, why: 'Insufficient memory' },
      { nodes: 1, why: 'node(s) had untolerated taint(s)' },
      { nodes: 2, why: "node(s) didn't match Pod's node affinity/selector" },
    ],
    preemption: [
      { nodes: 1, why: 'No preemption victims found for incoming pod' },
      { nodes: 3, why: 'Preemption is not helpful for scheduling' },
    ],
  })
})

test('a pod that may not preempt anyone has no numbers of nodes there', () => {
  const text =
    '0/4 nodes are available: 4 Insufficient memory. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.'
  expect(parseSchedulerMessage(text)).toEqual({ nodes: 4, reasons: [{ nodes: 4, why: 'Insufficient memory' }], preemption: [] })
})

test('the older text that articles quote is parsed', () => {
  expect(parseSchedulerMessage('0/12 nodes are available: 12 node(s) had disk pressure.')).toEqual({
    nodes: 12,
    reasons: [{ nodes: 12, why: 'node(s) had disk pressure' }],
    preemption: [],
  })
})

test('a taint that is named stays whole, colon, dots and all', () => {
  const text =
    '0/4 nodes are available: 1 Too many pods, 3 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }. ' +
    'preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.'
  expect(parseSchedulerMessage(text)).toEqual({
    nodes: 4,
    reasons: [
      { nodes: 1, why: 'Too many pods' },
      { nodes: 3, why: 'node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }' },
    ],
    preemption: [{ nodes: 4, why: 'Preemption is not helpful for scheduling' }],
  })
  const older = "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had taint {a/b: c}, that the pod didn't tolerate."
  expect(parseSchedulerMessage(older)?.reasons[1]).toEqual({
    nodes: 2,
    why: "node(s) had taint {a/b: c}, that the pod didn't tolerate",
  })
})

test('a reason that holds for the pod rather than for nodes has no number', () => {
  expect(parseSchedulerMessage('0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims.')).toEqual({
    nodes: 4,
    reasons: [],
    preemption: [],
  })
})

test('a text that says nothing of nodes is none', () => {
  expect(parseSchedulerMessage('Successfully assigned lab/critical to worker')).toBeUndefined()
  expect(
    parseSchedulerMessage('preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.'),
  ).toBeUndefined()
  expect(parseSchedulerMessage('')).toBeUndefined()
})
