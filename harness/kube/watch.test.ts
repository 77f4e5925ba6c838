// Waits against an API server that misbehaves, which real ones seldom do when it is wanted.
import type { ServerResponse } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { servedBy, smallApiServer } from '../test/fixtures/small-api-server.ts'
import { apply } from './apply.ts'
import type { Kube } from './client.ts'
import { listObjects, waitForObjects, watchObjects } from './watch.ts'

const list = {
  kind: 'ConfigMapList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '1' },
  items: [{ metadata: { name: 'here' } }],
}
const kinds = { kind: 'APIResourceList', resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }

/** An API server whose answers to requests for ConfigMaps are these, one after the other; the last one from then on. */
const answering = (answers: readonly ((response: ServerResponse) => void)[]): Promise<Kube> => {
  const left = [...answers]
  return servedBy(null, ({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    if (!url.includes('configmaps')) response.end(JSON.stringify(kinds))
    else (left.length > 1 ? left.shift() : left[0])?.(response)
  })
}

const listed = (response: ServerResponse): void => void response.end(JSON.stringify(list))
const refused = (code: number) => (response: ServerResponse) => {
  response.statusCode = code
  response.end(JSON.stringify({ kind: 'Status', code, message: `refused with ${code}` }))
}
const broken = (response: ServerResponse): void => void response.destroy()

const configMaps = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' }

const namesSeen = (kube: Kube): Promise<string[]> =>
  waitForObjects(kube, configMaps, { what: 'it', deadlineMs: 10_000, signal: new AbortController().signal }, (objects) => ({
    value: objects.map(({ metadata }) => metadata?.name ?? ''),
  }))

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

/** Timers pass as the test says; the network does not. */
const holdTimers = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('a wait continues when the client ends its idle watch after 30 s', async () => {
  holdTimers()
  const { promise: isWatched, resolve: watched } = Promise.withResolvers<void>()
  const idle = (response: ServerResponse): void => {
    response.flushHeaders()
    watched()
  }
  const late = { metadata: { name: 'late', resourceVersion: '2' } }
  const comes = (response: ServerResponse): void => void response.write(`${JSON.stringify({ type: 'ADDED', object: late })}\n`)
  const kube = await answering([listed, idle, comes])
  const wait = { what: 'a late ConfigMap', deadlineMs: 50_000, signal: new AbortController().signal }
  const waiting = waitForObjects(kube, configMaps, wait, (all) =>
    all.some(({ metadata }) => metadata?.name === 'late') ? { value: all.length } : { notYet: 'not there' },
  )
  await isWatched
  vi.advanceTimersByTime(30_000)
  expect(await waiting).toBe(2)
})

test('a watch that is stopped reports nothing more', async () => {
  holdTimers()
  const kube = await smallApiServer()
  const reported: string[] = []
  const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
  const watch = await watchObjects(kube, configMaps, ({ metadata }) => reported.push(metadata?.name ?? ''))
  await apply(kube, [config('before')], 'shop')
  await expect.poll(() => reported).toContain('before')
  await watch.stop()
  await apply(kube, [config('after')], 'shop')
  vi.advanceTimersByTime(2_500) // longer than a broken watch takes to resume
  for (let each = 0; each < 3; each++) await listObjects(kube, configMaps) // it would have listed them by then, too
  expect(reported).toEqual(['before'])
})

test('a watch whose first list is refused does not begin, and says what the API server said', async () => {
  const kube = await answering([refused(403)])
  await expect(watchObjects(kube, configMaps, () => {})).rejects.toMatchObject({
    message: 'The watch of ConfigMap objects broke',
    exit: 'unexpected',
    details: { why: '403 refused with 403', next: expect.stringContaining('`lab status`') as unknown },
  })
})

test('a wait that begins when its command was already interrupted ends at once, with the interruption', async () => {
  const signal = AbortSignal.abort(new Error('interrupted'))
  const wait = { what: 'a ConfigMap that never comes', deadlineMs: 50_000, signal }
  await expect(waitForObjects(await answering([listed]), configMaps, wait, () => ({ notYet: 'none' }))).rejects.toThrow(
    'interrupted',
  )
})
