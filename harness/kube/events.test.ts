// What a namespace says when something in it does not start: the reason that the kubelet or the scheduler gave, and not only that it waits.
import type { CoreV1Event, V1Pod, V1PodStatus } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { Kube } from './client.ts'
import { namespaceEvidence } from './events.ts'

const evidenceOf = (pods: readonly V1PodStatus[], events: readonly CoreV1Event[] = []): Promise<string[]> => {
  const items = pods.map((status, index): V1Pod => ({ metadata: { name: `server-${index}` }, status }))
  const core = { listNamespacedPod: async () => ({ items }), listNamespacedEvent: async () => ({ items: events }) }
  return namespaceEvidence({ core } as unknown as Kube, 'lab-exercise')
}
const container = { name: 'server', image: '', imageID: '', ready: false, restartCount: 0 }

test('a container that waits says for what, with the message', async () => {
  const waiting = { reason: 'CreateContainerConfigError', message: 'configmap "shop" not found' }
  expect(await evidenceOf([{ phase: 'Pending', containerStatuses: [{ ...container, state: { waiting } }] }])).toEqual([
    'pod server-0: Pending, server: CreateContainerConfigError: configmap "shop" not found',
  ])
})

test('a container that starts again and again says how it ended, and how often', async () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 20s restarting failed container' }
  const terminated = { exitCode: 137, reason: 'OOMKilled' }
  const status = { ...container, restartCount: 4, state: { waiting }, lastState: { terminated } }
  expect(await evidenceOf([{ phase: 'Running', containerStatuses: [status] }])).toEqual([
    'pod server-0: Running, server: CrashLoopBackOff: back-off 20s restarting failed container, ended with exit code 137 (OOMKilled), started 5 times',
  ])
})

test('an init container that failed is named, and a pod that no node takes says why', async () => {
  const terminated = { exitCode: 1, reason: 'Error', message: 'no database' }
  const init = { ...container, name: 'wait-for-db', state: { terminated } }
  const condition = { type: 'PodScheduled', status: 'False', message: '0/4 nodes are available: 4 Insufficient cpu.' }
  expect(
    await evidenceOf([
      { phase: 'Pending', initContainerStatuses: [init] },
      { phase: 'Pending', conditions: [condition] },
    ]),
  ).toEqual([
    'pod server-0: Pending, wait-for-db: ended with exit code 1 (Error): no database',
    'pod server-1: Pending, 0/4 nodes are available: 4 Insufficient cpu.',
  ])
})

test('pods that run come after those that do not, and warnings last; a message of many lines is one line', async () => {
  const running = { phase: 'Running', containerStatuses: [{ ...container, ready: true, state: { running: {} } }] }
  const waiting = { reason: 'ErrImagePull', message: 'not\n  found' }
  const event = {
    type: 'Warning',
    reason: 'FailedCreate',
    message: 'exceeded quota',
    involvedObject: { kind: 'ReplicaSet', name: 'server' },
    metadata: {},
  }
  expect(
    await evidenceOf([running, { phase: 'Pending', containerStatuses: [{ ...container, state: { waiting } }] }], [event]),
  ).toEqual([
    'pod server-1: Pending, server: ErrImagePull: not found',
    'pod server-0: Running',
    'event ReplicaSet/server: FailedCreate: exceeded quota',
  ])
})
