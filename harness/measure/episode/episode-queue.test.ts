import { expect, test } from 'vitest'
import { openQueue } from './episode-queue.ts'

const episode = (slug: string, arm: string, seconds: number, block = 0) => ({
  slug,
  arm,
  replica: 0,
  block,
  floorMs: seconds * 1000,
})
const name = (next: { slug: string; arm: string } | undefined): string => (next ? `${next.slug} ${next.arm}` : '')

test('episodes of a scenario are run in the order of its design', () => {
  const queue = openQueue([episode('memory', 'incident', 72), episode('memory', 'control', 19), episode('memory', 'b', 70, 1)])
  const taken = [null, 'memory', 'memory', 'memory'].map((readyFor) => name(queue.take(readyFor)))
  expect(taken).toEqual(['memory incident', 'memory control', 'memory b', ''])
})

test('nodes are shared out by the work there is', () => {
  const pool = ['a', 'b', 'c', 'd', 'e', 'f'].map((arm) => episode('pool', arm, 100))
  const queue = openQueue([...pool, ...['a', 'b', 'c'].map((arm) => episode('disk', arm, 60))])
  const scenarios = Array.from({ length: 4 }, () => queue.take(null)?.slug)
  expect(scenarios).toEqual(['pool', 'pool', 'disk', 'pool'])
})

test('a node stays with its scenario while there is something left of it, and then helps where it is needed most', () => {
  const queue = openQueue([
    episode('disk', 'a', 20),
    episode('memory', 'b', 90),
    episode('memory', 'c', 80),
    episode('pool', 'd', 60),
  ])
  expect(name(queue.take(null))).toBe('memory b')
  expect(name(queue.take('disk'))).toBe('disk a')
  expect(name(queue.take('disk'))).toBe('pool d')
  expect(name(queue.take('pool'))).toBe('memory c')
  expect(queue.take('memory')).toBeUndefined()
})

test('nothing more of a scenario that is dropped is run', () => {
  const queue = openQueue([episode('disk', 'a', 70), episode('memory', 'b', 20)])
  queue.drop('disk')
  expect(queue.left()).toBe(1)
  expect(name(queue.take('disk'))).toBe('memory b')
})

test('an arm is run by one node at a time: its next block waits for the one before, and other nodes run something else', () => {
  const blocks = [0, 1].flatMap((block) => [episode('pool', 'incident', 76, block), episode('pool', 'control', 36, block)])
  const queue = openQueue([...blocks, episode('disk', 'a', 10)])
  const first = queue.take(null)
  expect(name(first)).toBe('pool incident')
  expect(name(queue.take(null))).toBe('pool control')
  expect(name(queue.take('pool')), 'both arms are being played').toBe('disk a')
  expect(queue.take('disk'), 'nothing for a further node').toBeUndefined()
  expect(queue.left()).toBe(2)
  if (first) queue.over(first)
  expect(queue.take('pool')).toMatchObject({ arm: 'incident', block: 1 })
})
