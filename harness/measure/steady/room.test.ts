import { expect, test } from 'vitest'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { serving } from '../../test/fixtures/small-api-server.ts'
import { requireRoom } from './room.ts'

const worker = (name: string, more = {}) => ({
  metadata: { name },
  status: { allocatable: { cpu: '2', memory: '4Gi' } },
  ...more,
})
const controlPlane = worker('lab-control-plane', { spec: { taints: [{ key: 'control-plane', effect: 'NoSchedule' }] } })
const paused = worker('lab-worker3', { spec: { unschedulable: true } })
const running = {
  metadata: { name: 'proxy' },
  spec: { nodeName: 'lab-worker', containers: [{ name: 'it', resources: { requests: { cpu: '500m' } } }] },
}

const clusterWith = async (...nodes: object[]) => ({
  kube: await serving({ '/api/v1/nodes': { items: nodes }, '/api/v1/pods': { items: [running] } }),
  images: [],
})

/** Each arm has two pods of 400m. */
const files: ScenarioFiles = {
  manifests: [
    {
      file: 'server.yaml',
      text: `apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec:
  replicas: 2
  template: {spec: {containers: [{name: server, resources: {requests: {cpu: 400m, memory: 64Mi}}}]}}`,
    },
  ],
  differences: new Map(),
  pace: [],
  applied: new Map(),
}
const copies = (count: number) => Array.from({ length: count }, (_, index) => ({ arm: `arm-${index}` }))

test('deployments that the workers have room for are accepted', async () => {
  const cluster = await clusterWith(controlPlane, worker('lab-worker'), worker('lab-worker2'))
  await expect(requireRoom(cluster, files, copies(4))).resolves.toBeUndefined()
})

test('more deployments than the workers carry are refused with the number that fits; paused and tainted nodes carry none', async () => {
  const cluster = await clusterWith(controlPlane, worker('lab-worker'), worker('lab-worker2'), paused)
  await expect(requireRoom(cluster, files, copies(5))).rejects.toMatchObject({
    message: '5 deployments do not fit on 2 workers',
    exit: 'cannotRun',
    details: {
      why: 'their pods request 4.0 CPUs and 0.6 GiB of memory, but the workers have 3.5 CPUs and 8.0 GiB of memory left',
      next: 'choose at most 4 deployments with --arm, where control counts twice, or a cluster with more room',
    },
  })
})
