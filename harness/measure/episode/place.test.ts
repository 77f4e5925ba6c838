import { expect, test } from 'vitest'
import { placeOn } from './place.ts'

const size = { 'incident-lab/small-disk': 'true' }
const placed = { ...size, 'kubernetes.io/hostname': 'worker-2' }

const pod = (nodeSelector: object) => ({ containers: [], nodeSelector })
const object = (kind: string, spec: object) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' }, spec })

test('a pod that selects nodes of the size goes to the one that is named', () => {
  expect(placeOn([object('Pod', pod(size))], 'worker-2', 'small-disk')).toEqual([object('Pod', pod(placed))])
})

test('so does one in the template of a Deployment, a Job or a CronJob, and all else stays', () => {
  const nested = (nodeSelector: object) => [
    object('Deployment', { replicas: 2, template: { spec: pod(nodeSelector) } }),
    object('CronJob', { jobTemplate: { spec: { template: { spec: pod(nodeSelector) } } } }),
  ]
  expect(placeOn(nested(size), 'worker-2', 'small-disk')).toEqual(nested(placed))
})

test('pods that select another size, other nodes or none stay unchanged', () => {
  const others = [
    object('Pod', pod({ 'incident-lab/small-memory': 'true' })),
    object('Pod', pod({ 'node-role.kubernetes.io/control-plane': '' })),
    object('Deployment', { template: { spec: { containers: [] } } }),
    object('Service', { selector: size }),
  ]
  expect(placeOn(others, 'worker-2', 'small-disk')).toEqual(others)
})

test('what is given is not changed: the next episode places it on another node', () => {
  const given = [object('Pod', pod(size))]
  placeOn(given, 'worker-2', 'small-disk')
  expect(given).toEqual([object('Pod', pod(size))])
})
