import { expect, test } from 'vitest'
import { Cleanup } from './cleanup.ts'

test('what was made last is undone first', async () => {
  const order: string[] = []
  const cleanup = new Cleanup()
  for (const name of ['cluster', 'namespace', 'pod']) cleanup.add(name, async () => void order.push(name))
  await cleanup.run()
  expect(order).toEqual(['pod', 'namespace', 'cluster'])
})

test('a failure stops nothing, and every failure is named', async () => {
  const order: string[] = []
  const cleanup = new Cleanup()
  cleanup.add('remove the cluster', async () => void order.push('cluster'))
  cleanup.add('remove a', () => Promise.reject(new Error('no route')))
  cleanup.add('remove b', () => Promise.reject(new Error('forbidden')))
  expect(await cleanup.run()).toEqual(['could not remove b: forbidden', 'could not remove a: no route'])
  expect(order).toEqual(['cluster'])
})

test('what was undone is not undone again', async () => {
  let times = 0
  const cleanup = new Cleanup()
  cleanup.add('count', async () => void times++)
  await cleanup.run()
  await cleanup.run()
  expect(times).toBe(1)
})
