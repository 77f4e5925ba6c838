// Decides that the controller sees what happens and patches what it must, over HTTP, against an API server of the tests' own.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { serveHealth } from '../controller/health.ts'
import { startSmallApiServer } from '../controller/small-api-server.ts'
import { control } from './controller.ts'
import { memoryAnnotation } from './decide.ts'
import { answersOf } from './health.ts'

const configMap = '/api/v1/namespaces/shop/configmaps/a'
const web = '/apis/apps/v1/namespaces/shop/deployments/web'

const eventually = (look: () => void): Promise<void> => vi.waitFor(look, { interval: 5, timeout: 30_000 })

// One ConfigMap and one Deployment, which is remembered already.
const startController = async (onFinished: (cleanUp: () => void) => void) => {
  const { server, api } = await startSmallApiServer(onFinished)
  server.write(configMap, { data: { host: 'blue' } })
  server.write(web, { metadata: { annotations: { 'configmap.reloader.stakater.com/reload': 'a' } } })
  const stopped = new AbortController()
  onFinished(() => stopped.abort())
  const events: string[] = []
  const log = (event: string, facts: object): void => void events.push([event, ...Object.values(facts).filter(isText)].join(' '))
  const controller = control(api, { namespace: 'shop', reloadOnCreate: true, syncAfterRestart: true }, log, stopped.signal)
  await eventually(() => expect(events).toEqual(['recorded web record']))
  const memory = () => server.objects.get(web)?.metadata.annotations?.[memoryAnnotation]
  return { server, controller, events, memory }
}

const isText = (value: unknown): boolean => typeof value === 'string'

test('it remembers a Deployment first, and replaces its pods after a change, once', async ({ onTestFinished }) => {
  const { server, events, memory } = await startController(onTestFinished)
  const first = memory()
  expect(first).toBeDefined()
  expect(server.objects.get(web)).not.toHaveProperty('spec')
  server.write(configMap, { data: { host: 'green' } })
  await eventually(() => expect(server.objects.get(web)).toHaveProperty('spec.template.metadata.annotations'))
  expect(memory()).not.toBe(first)
  server.write(configMap, { metadata: { labels: { of: 'nobody' } } })
  server.write(web, {})
  await wait(100)
  expect(events).toEqual(['recorded web record', 'replaced web replace'])
})

test('it replaces the pods after a change of a Secret that they use', async ({ onTestFinished }) => {
  const { server, events } = await startController(onTestFinished)
  const secret = '/api/v1/namespaces/shop/secrets/a'
  server.write(secret, { data: { password: 'b2xk' } })
  server.write(web, { metadata: { annotations: { 'secret.reloader.stakater.com/reload': 'a' } } })
  await eventually(() => expect(events).toEqual(['recorded web record', 'recorded web record']))
  server.write(secret, { data: { password: 'bmV3' } })
  await eventually(() => expect(events.at(-1)).toBe('replaced web replace'))
})

test('a Deployment that was changed meanwhile is left until it is seen as it is now', async ({ onTestFinished }) => {
  const { server, events } = await startController(onTestFinished)
  const seen = server.objects.get(web)
  if (seen === undefined) throw new Error('the Deployment is gone')
  server.objects.set(web, { ...seen, metadata: { ...seen.metadata, resourceVersion: 'not told of' } })
  server.write(configMap, { data: { host: 'green' } })
  await wait(100)
  expect(events).toHaveLength(1)
  server.write(web, {})
  await eventually(() => expect(events).toEqual(['recorded web record', 'replaced web replace']))
})

test('a patch that is refused is reported, and tried again', async ({ onTestFinished }) => {
  const { server, events } = await startController(onTestFinished)
  server.refuse('PATCH', web, 422)
  server.write(configMap, { data: { host: 'green' } })
  await eventually(() => expect(events.at(-1)).toBe('trouble Deployment web 422 refused with 422'))
  server.refuse('PATCH', web, undefined)
  await eventually(() => expect(events.at(-1)).toBe('replaced web replace'))
})

test('it says that it lives, that it is ready, and how many replacements there were', async ({ onTestFinished }) => {
  const { server, controller } = await startController(onTestFinished)
  const port = await serveHealth(0, answersOf(controller))
  const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } })
  expect((await ask('/live')).status).toBe(200)
  expect(await (await ask('/ready')).text()).toBe('reloader_reload_executed_total{success="true"} 0\n')
  server.write(configMap, { data: { host: 'green' } })
  await expect.poll(() => controller.replacements()).toBe(1)
  expect(await (await ask('/metrics')).text()).toBe('reloader_reload_executed_total{success="true"} 1\n')
  expect((await ask('/work')).status).toBe(404)
})
