// Decides that a mirror shows all there is or nothing, misses nothing in a gap, goes on after trouble, and ends when asked to.
import { setTimeout as wait } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { mirror } from './mirror.ts'
import type { Mirror } from './mirror.ts'
import { startSmallApiServer } from './small-api-server.ts'

const path = '/api/v1/namespaces/lab/pods'

const startMirror = async (onFinished: (cleanUp: () => void) => void, names: readonly string[], refusal?: number) => {
  const { server, api } = await startSmallApiServer(onFinished)
  for (const name of names) server.write(`${path}/${name}`, {})
  server.refuse('GET', path, refusal)
  const stopped = new AbortController()
  onFinished(() => stopped.abort())
  const seen: (number | undefined)[] = []
  const troubles: object[] = []
  const observer = {
    onChange: () => void seen.push(pods()?.length),
    log: (_: string, facts: object) => void troubles.push(facts),
  }
  const glimpses: (number | undefined)[] = []
  const glimpse = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) glimpses.push(await Promise.resolve(pods()?.length))
  }
  const list = async () => {
    const objects = await api.core.listNamespacedPod({ namespace: 'lab' })
    void glimpse() // while the list is taken in
    return objects
  }
  const source = { what: 'pods', path, list }
  const pods: Mirror<V1Pod> = mirror<V1Pod>(api.config, source, observer, stopped.signal)
  const sees = (count: number): Promise<void> =>
    vi.waitFor(() => expect(seen.at(-1)).toBe(count), { interval: 5, timeout: 30_000 })
  return { server, stopped, seen, glimpses, troubles, pods, sees }
}

test('nothing is seen before all is, and every change is reported when all of it is seen', async ({ onTestFinished }) => {
  const { server, seen, glimpses, sees } = await startMirror(onTestFinished, ['a', 'b', 'c'])
  await sees(3)
  expect(new Set(glimpses)).toEqual(new Set([undefined]))
  server.forget()
  for (const name of ['d', 'e', 'f']) server.write(`${path}/${name}`, {})
  await sees(6)
  expect(new Set(seen)).toEqual(new Set([3, 6]))
})

test('that there is nothing is reported, too', async ({ onTestFinished }) => {
  const { pods, sees } = await startMirror(onTestFinished, [])
  await sees(0)
  expect(pods()).toEqual([])
})

test('a watch that ends with the word that its version is too old begins anew with a list', async ({ onTestFinished }) => {
  const { server, sees } = await startMirror(onTestFinished, ['a'])
  await sees(1)
  await expect.poll(() => server.watching).toBe(1)
  server.forget('{"type":"ERROR","object":{"code":410}}')
  server.write(`${path}/b`, {})
  await sees(2)
  expect(server.refusedWatches).toBe(0)
})

test('a list that is refused is reported, and tried again after a second', async ({ onTestFinished }) => {
  const { server, troubles, pods, sees } = await startMirror(onTestFinished, ['a'], 409)
  await expect.poll(() => troubles.length).toBe(1)
  expect(troubles).toEqual([{ what: 'pods', why: '409 refused with 409' }])
  expect(pods()).toBeUndefined()
  server.refuse('GET', path, undefined)
  await sees(1)
})

test('once stopped it reports nothing any more, and does not begin again', async ({ onTestFinished }) => {
  const { server, stopped, seen, troubles, sees } = await startMirror(onTestFinished, ['a'])
  await sees(1)
  await expect.poll(() => server.watching).toBe(1)
  stopped.abort()
  const before = seen.length
  server.write(`${path}/b`, {})
  server.forget()
  await wait(100)
  expect(seen).toHaveLength(before)
  expect(troubles).toEqual([])
  expect(server.refusedWatches).toBe(0)
})
