// The order in which an add-on is installed.
import { expect, test } from 'vitest'
import type { AddOn } from '../artifact/add-on.ts'
import type { Cluster } from '../cluster/provider.ts'
import { apply } from '../kube/apply.ts'
import { listObjects } from '../kube/watch.ts'
import { quietWork } from '../test/fixtures/quiet-work.ts'
import { smallApiServer } from '../test/fixtures/small-api-server.ts'
import { installAddOns } from './add-ons.ts'

const namespace = 'lab-numbers'
const server = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server', namespace } }
const api = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1.numbers' } }
const ready = { status: { updatedReplicas: 1, readyReplicas: 1, replicas: 1 } }
const available = { status: { conditions: [{ type: 'Available', status: 'True' }] } }

test('an API is registered when its server is ready, and the add-on is installed when the API is served', async () => {
  const kube = await smallApiServer('mine')
  const addOn: AddOn = {
    name: 'numbers',
    title: 'numbers',
    artifacts: async () => [],
    images: [],
    uses: [],
    manifests: async () => [api, server].map((object) => JSON.stringify(object)).join('\n---\n'),
  }
  let isInstalled = false
  const installed = installAddOns(quietWork, { kube, images: [], route: 'offline' } as unknown as Cluster, [addOn]).then(() => {
    isInstalled = true
  })
  const named = async ({ apiVersion, kind }: typeof server | typeof api): Promise<number> => {
    const place = kind === 'Deployment' ? { namespace } : {}
    return (await listObjects(kube, { apiVersion, kind, ...place })).length
  }

  await expect.poll(() => named(server)).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await named(api), 'while its server is not ready').toBe(0)
  await apply(kube, [{ ...server, ...ready }])
  await expect.poll(() => named(api)).toBe(1)
  expect(isInstalled, 'while the API server does not serve it').toBe(false)
  await apply(kube, [{ ...api, ...available }])
  await installed
})
