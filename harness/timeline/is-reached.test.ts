import { expect, test } from 'vitest'
import { Moment } from '../model/moment.ts'
import type { Lane } from '../model/timeline.ts'
import { nodeLane, podLane, serviceLane } from '../test/fixtures/episodes.ts'
import { isReached, momentWords } from './is-reached.ts'

/** As a scenario file writes it. */
const come = (written: unknown, lanes: readonly Lane[], nowMs: number, fromMs?: number): boolean =>
  isReached(Moment.parse(written), lanes, nowMs, fromMs)

test('so long after the trigger has come when that long has passed, and stays come', () => {
  expect(come({ after: '15s' }, [], 14_999)).toBe(false)
  expect(come({ after: '15s' }, [], 15_000)).toBe(true)
  expect(come({ after: '1m' }, [], 70_000)).toBe(true)
})

test('a state of pods has come once it has held for long enough, and no longer holds once they left it', () => {
  const pending = [
    podLane('critical', [
      [1000, 'ready'],
      [5000, 'pending'],
    ]),
  ]
  const moment = { pods: 'critical', are: 'pending', for: '10s' }
  expect(come(moment, pending, 14_999)).toBe(false)
  expect(come(moment, pending, 15_000)).toBe(true)
  expect(come({ ...moment, are: 'ready', for: '0s' }, pending, 15_000)).toBe(false)
})

test('only pods of the group count, not its Service of the same name', () => {
  const lanes = [serviceLane('critical', [[0, 'ready']]), podLane('other', [[0, 'ready']])]
  expect(come({ pods: 'critical', are: 'ready' }, lanes, 100)).toBe(false)
})

test('another text of the same state does not start it again', () => {
  const pending = [
    podLane('critical', [
      [0, 'pending'],
      [4000, 'pending', 'Insufficient memory'],
      [9000, 'pending', 'taint'],
    ]),
  ]
  expect(come({ pods: 'critical', are: 'pending', for: '10s' }, pending, 10_000)).toBe(true)
})

test('a state that was left and entered again starts again', () => {
  const flapping = [
    podLane('critical', [
      [0, 'ready'],
      [4000, 'unready'],
      [9000, 'ready'],
    ]),
  ]
  expect(come({ pods: 'critical', are: 'ready', for: '10s' }, flapping, 18_999)).toBe(false)
  expect(come({ pods: 'critical', are: 'ready', for: '10s' }, flapping, 19_000)).toBe(true)
})

test('what held before the trigger counts from the trigger', () => {
  const ready = [podLane('critical', [[-60_000, 'ready']])]
  const moment = { pods: 'critical', are: 'ready', for: '20s' }
  expect(come(moment, ready, 19_999)).toBe(false)
  expect(come(moment, ready, 20_000)).toBe(true)
  expect(come({ ...moment, for: '0s' }, ready, 0)).toBe(true)
})

test('before the trigger a state counts from when it began', () => {
  const ready = [podLane('batch', [[-1500, 'ready']])]
  expect(come({ pods: 'batch', are: 'ready', for: '1s' }, ready, 0, -Infinity)).toBe(true)
  expect(come({ pods: 'batch', are: 'ready', for: '2s' }, ready, 0, -Infinity)).toBe(false)
})

test('so many pods have to be in the state at once, each for so long', () => {
  const lanes = [
    podLane('batch', [[0, 'ready']], 'a'),
    podLane('batch', [[3000, 'ready']], 'b'),
    podLane('batch', [[0, 'pending']], 'c'),
  ]
  const moment = { pods: 'batch', are: 'ready', atLeast: 2, for: '5s' }
  expect(come(moment, lanes, 7999)).toBe(false)
  expect(come(moment, lanes, 8000)).toBe(true)
  expect(come({ ...moment, atLeast: 3 }, lanes, 60_000)).toBe(false)
})

test('the state of the node has come when it has held', () => {
  const lanes = [
    nodeLane([
      [-9000, 'ready'],
      [2000, 'disk-pressure'],
    ]),
    podLane('worker', [[0, 'ready']]),
  ]
  expect(come({ node: 'disk-pressure', for: '2s' }, lanes, 3999)).toBe(false)
  expect(come({ node: 'disk-pressure', for: '2s' }, lanes, 4000)).toBe(true)
  expect(come({ node: 'ready' }, lanes, 4000), 'a ready pod is no ready node').toBe(false)
})

test('the state of a Service is that of the one that is named', () => {
  const lanes = [serviceLane('orders', [[0, 'served']]), serviceLane('search', [[0, 'unserved']])]
  expect(come({ service: 'orders', is: 'unserved' }, lanes, 5000)).toBe(false)
  expect(come({ service: 'search', is: 'unserved', for: '5s' }, lanes, 5000)).toBe(true)
})

test('nothing has come of what was never seen', () => {
  expect(come({ node: 'ready' }, [], 5000)).toBe(false)
  expect(come({ pods: 'critical', are: 'gone' }, [podLane('critical', [])], 5000)).toBe(false)
})

test('a moment is put into words, without a duration that says nothing', () => {
  const words = (written: unknown): string => momentWords(Moment.parse(written))
  expect(words({ after: '15s' })).toBe('15s after the trigger')
  expect(words({ pods: 'critical', are: 'pending', for: '62s' })).toBe('a pod of critical pending for 62s')
  expect(words({ pods: 'batch', are: 'ready', atLeast: 2 })).toBe('2 pods of batch ready')
  expect(words({ node: 'disk-pressure', for: '2s' })).toBe('node disk-pressure for 2s')
  expect(words({ service: 'orders', is: 'unserved', for: '0s' })).toBe('Service orders unserved')
})

test('all pods of a group are all there ever were, and none is not all', () => {
  const stuck = (name: string) => podLane('fleet', [[1000, 'terminating']], name)
  const moment = { pods: 'fleet', are: 'terminating', atLeast: 'all', for: '10s' }
  expect(come(moment, [], 60_000)).toBe(false)
  expect(come(moment, [stuck('a'), stuck('b')], 11_000)).toBe(true)
  expect(come(moment, [stuck('a'), podLane('fleet', [[0, 'ready']], 'b')], 11_000)).toBe(false)
  const gone = podLane(
    'fleet',
    [
      [1000, 'terminating'],
      [2000, 'gone'],
    ],
    'b',
  )
  expect(come(moment, [stuck('a'), gone], 11_000)).toBe(false)
  expect(momentWords(Moment.parse(moment))).toBe('all pods of fleet terminating for 10s')
})
