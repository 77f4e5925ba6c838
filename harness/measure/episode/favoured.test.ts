import { expect, test } from 'vitest'
import { favouring } from './favoured.ts'

test('a node is favoured from its first story to the end of its last one, also when a story fails', async () => {
  const calls: string[] = []
  const favoured = favouring(async (node, is) => void calls.push(`${node} ${is}`))
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const both = Promise.allSettled([favoured('node-1', () => first.promise), favoured('node-1', () => second.promise)])
  first.reject(new Error('it broke'))
  await new Promise(setImmediate)
  expect(calls).toEqual(['node-1 true'])
  second.resolve()
  await both
  expect(calls).toEqual(['node-1 true', 'node-1 false'])
})
