import { expect, test } from 'vitest'
import { withCpuPriority } from './cpu-priority.ts'

test('a node has CPU priority until the end of its story, also when the story fails', async () => {
  const calls: boolean[] = []
  const node = { prioritize: async (is: boolean) => void calls.push(is) }
  const story = Promise.withResolvers<void>()
  const played = withCpuPriority(node, () => story.promise)
  await new Promise(setImmediate)
  expect(calls).toEqual([true])
  story.reject(new Error('it broke'))
  await expect(played).rejects.toThrow('it broke')
  expect(calls).toEqual([true, false])
})
