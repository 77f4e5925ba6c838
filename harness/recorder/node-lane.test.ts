import type { V1Node, V1Taint } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { nodeState } from './node-lane.ts'

const node = (conditions: Readonly<Record<string, string>>, taints: readonly V1Taint[] = []): V1Node => ({
  spec: { taints: [...taints] },
  status: { conditions: Object.entries(conditions).map(([type, status]) => ({ type, status })) },
})

test('the worst condition of a node is its state: not ready before disk pressure before memory pressure', () => {
  const pressed = { MemoryPressure: 'True', DiskPressure: 'True' }
  expect(nodeState(node({ ...pressed, Ready: 'False' })).state).toBe('not-ready')
  expect(nodeState(node({ ...pressed, Ready: 'True' })).state).toBe('disk-pressure')
  expect(nodeState(node({ ...pressed, Ready: 'True', DiskPressure: 'False' })).state).toBe('memory-pressure')
  expect(nodeState(node({ Ready: 'True', DiskPressure: 'False' })).state).toBe('ready')
})

test('a node whose kubelet no longer reports is not ready: Unknown is not True', () => {
  expect(nodeState(node({ Ready: 'Unknown' })).state).toBe('not-ready')
  expect(nodeState({}).state).toBe('not-ready')
})

test('taints are shown beside the state, also those that outlast the condition', () => {
  const taints = [
    { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  ]
  expect(nodeState(node({ Ready: 'True' }, taints))).toEqual({
    state: 'ready',
    text: 'taint node.kubernetes.io/disk-pressure:NoSchedule, taint node.kubernetes.io/unreachable:NoExecute',
  })
})
