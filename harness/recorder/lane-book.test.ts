import { expect, test } from 'vitest'
import { openLaneBook } from './lane-book.ts'

const server = { kind: 'pod' as const, name: 'server-1', group: 'server' }
const facts = { node: 'worker', priority: 0, qos: 'Burstable' }

test('the same state with the same text is not entered again', () => {
  const book = openLaneBook()
  book.enter(server, { state: 'ready', text: '' }, facts, 10)
  book.enter(server, { state: 'ready', text: '' }, facts, 20)
  expect(book.lanes()).toEqual([{ ...server, pod: facts, states: [{ atMs: 10, state: 'ready', text: '' }] }])
})

test('another text of the same state is an entry of its own', () => {
  const book = openLaneBook()
  book.enter(server, { state: 'pending', text: '' }, null, 10)
  book.enter(server, { state: 'pending', text: 'Insufficient memory' }, null, 20)
  expect(book.before(server)).toEqual([
    { atMs: 10, state: 'pending', text: '' },
    { atMs: 20, state: 'pending', text: 'Insufficient memory' },
  ])
})

test('a state that comes back is an entry of its own', () => {
  const book = openLaneBook()
  for (const [atMs, state] of [
    [1, 'ready'],
    [2, 'unready'],
    [3, 'ready'],
  ] as const)
    book.enter(server, { state, text: '' }, facts, atMs)
  expect(book.before(server).map(({ state }) => state)).toEqual(['ready', 'unready', 'ready'])
})

test('what was reported last of a pod counts: it gets its node while its state stays', () => {
  const book = openLaneBook()
  book.enter(server, { state: 'starting', text: '' }, { ...facts, node: null }, 10)
  book.enter(server, { state: 'starting', text: '' }, facts, 20)
  expect(book.lanes()).toMatchObject([{ pod: facts, states: [{ atMs: 10 }] }])
})

test('a lane that was never seen cannot be amended', () => {
  const book = openLaneBook()
  book.amend(server, { state: 'evicted', text: '' }, 10)
  expect(book.lanes()).toEqual([])
  expect(book.before(server)).toEqual([])
})

test('amending enters a state and keeps what is known of the pod', () => {
  const book = openLaneBook()
  book.enter(server, { state: 'ready', text: '' }, facts, 10)
  book.amend({ kind: 'pod', name: 'server-1' }, { state: 'evicted', text: 'low on memory' }, 20)
  expect(book.lanes()).toMatchObject([{ ...server, pod: facts, states: [{ state: 'ready' }, { atMs: 20, state: 'evicted' }] }])
})

test('a Service and a pod of one name are two lanes, in the order in which they were seen', () => {
  const book = openLaneBook()
  book.enter({ kind: 'service', name: 'a', group: 'a' }, { state: 'unserved', text: '' }, null, 10)
  book.enter({ kind: 'pod', name: 'a', group: 'a' }, { state: 'pending', text: '' }, facts, 20)
  book.enter({ kind: 'service', name: 'a', group: 'a' }, { state: 'served', text: '' }, null, 30)
  expect(book.lanes().map(({ kind, states }) => [kind, states.length])).toEqual([
    ['service', 2],
    ['pod', 1],
  ])
})

test('what is reported of an object that is gone already comes before it went, and it stays gone', () => {
  const book = openLaneBook()
  const pod = { kind: 'pod' as const, name: 'a', group: 'a' }
  book.enter(pod, { state: 'ready', text: '' }, null, 1)
  book.enter(pod, { state: 'gone', text: '' }, null, 5)
  book.amend(pod, { state: 'evicted', text: 'low on memory' }, 6)
  expect(book.lanes()[0]?.states.map(({ atMs, state }) => [atMs, state])).toEqual([
    [1, 'ready'],
    [5, 'evicted'],
    [5, 'gone'],
  ])
})
