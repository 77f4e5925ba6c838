import { expect, test } from 'vitest'
import { cpuPriorityOf } from './cpu-priority.ts'

test('a node has CPU priority from its first story to the end of its last one, also when a story fails', async () => {
  const calls: string[] = []
  const withCpuPriority = cpuPriorityOf(async (node, is) => void calls.push(`${node} ${is}`))
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const both = Promise.allSettled([
    withCpuPriority('node-1', () => first.promise),
    withCpuPriority('node-1', () => second.promise),
  ])
  first.reject(new Error('it broke'))
  await new Promise(setImmediate)
  expect(calls).toEqual(['node-1 true'])
  second.resolve()
  await both
  expect(calls).toEqual(['node-1 true', 'node-1 false'])
})
