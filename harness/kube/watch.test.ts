// Waits against an API server that misbehaves, which real ones seldom do when it is wanted.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CoreV1Api, KubeConfig, KubernetesObjectApi, VersionApi } from '@kubernetes/client-node'
import { expect, onTestFinished, test } from 'vitest'
import type { Kube } from './client.ts'
import { waitForObjects } from './watch.ts'

const list = {
  kind: 'ConfigMapList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '1' },
  items: [{ metadata: { name: 'here' } }],
}
const kinds = { kind: 'APIResourceList', resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }

/** An API server whose answers to requests for ConfigMaps are these, one after the other; the last one from then on. */
const answering = async (answers: readonly ((response: ServerResponse) => void)[]): Promise<Kube> => {
  const left = [...answers]
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    if (!url.includes('configmaps')) response.end(JSON.stringify(kinds))
    else (left.length > 1 ? left.shift() : left[0])?.(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => server.close().closeAllConnections())
  const config = new KubeConfig()
  const { port } = server.address() as AddressInfo
  config.loadFromClusterAndUser({ name: 'small', server: `http://127.0.0.1:${port}`, skipTLSVerify: true }, { name: 'me' })
  return {
    owner: null,
    config,
    core: config.makeApiClient(CoreV1Api),
    objects: KubernetesObjectApi.makeApiClient(config),
    version: config.makeApiClient(VersionApi),
  }
}

const listed = (response: ServerResponse): void => void response.end(JSON.stringify(list))
const refused = (code: number) => (response: ServerResponse) => {
  response.statusCode = code
  response.end(JSON.stringify({ kind: 'Status', code, message: `refused with ${code}` }))
}
const broken = (response: ServerResponse): void => void response.destroy()

const namesSeen = (kube: Kube): Promise<string[]> =>
  waitForObjects(
    kube,
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' },
    { what: 'it', deadlineMs: 10_000, signal: new AbortController().signal },
    (objects) => ({ value: objects.map(({ metadata }) => metadata?.name ?? '') }),
  )

test.each([
  ['is overloaded', refused(503)],
  ['wants fewer requests', refused(429)],
  ['breaks the connection', broken],
])('an API server that %s for a moment is asked again', async (_, moment) => {
  expect(await namesSeen(await answering([moment, listed]))).toEqual(['here'])
})

test('what will be refused again ends the wait at once, with the words of the API server', async () => {
  await expect(namesSeen(await answering([refused(403)]))).rejects.toMatchObject({
    message: 'The watch of ConfigMap objects broke',
    details: { why: '403 refused with 403' },
  })
})
