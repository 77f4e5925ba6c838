import { expect, test } from 'vitest'
import { servedBy, smallApiServer } from '../test/fixtures/small-api-server.ts'
import { remove } from './apply.ts'

const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace: 'arm' } }

test('an object that the API server does not let go is named, with what it said', async () => {
  const kube = await servedBy('mine', ({ method }, response) => {
    response.writeHead(method === 'DELETE' ? 403 : 200, { 'content-type': 'application/json' })
    const said = { kind: 'Status', code: 403, message: 'admission webhook "guard" denied the request' }
    const resources = [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }]
    response.end(JSON.stringify(method === 'DELETE' ? said : { kind: 'APIResourceList', resources }))
  })
  await expect(remove(kube, held)).rejects.toMatchObject({
    message: 'ConfigMap/held could not be deleted',
    exit: 'unexpected',
    details: { why: '403 admission webhook "guard" denied the request' },
  })
})

test('what is already gone needs no deletion', async () => {
  await expect(remove(await smallApiServer('mine'), held)).resolves.toBeUndefined()
})
