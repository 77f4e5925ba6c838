import { expect, test } from 'vitest'
import type { Lane } from '../../model/timeline.ts'
import { loadOf, podLane, timelineOf } from '../../test/fixtures/episodes.ts'
import { adoption } from './adoption.ts'
import type { Sample } from './adoption.ts'

const zero = Date.parse('2026-11-23T12:00:00.000Z')
const begun = { atMs: zero - 5000, value: 'blue', isFirst: true }
const changed = (seconds: number, value: string) => ({ atMs: zero + seconds * 1000, value, isFirst: false })

/** Samples of a pod each half second in [from, to) seconds; the environment is what it started with. */
const pod = (name: string, from: number, to: number, inUse: (second: number) => string): Sample[] =>
  Array.from({ length: (to - from) * 2 }, (_, index) => {
    const second = from + index / 2
    return { atMs: zero + second * 1000, pod: name, file: inUse(second), environment: inUse(from), inUse: inUse(second) }
  })

const follow = (
  changes: Parameters<typeof adoption>[0]['changes'],
  samples: readonly Sample[],
  { lanes = [], seconds = '' }: { lanes?: readonly Lane[]; seconds?: string } = {},
) =>
  adoption(
    {
      of: 'shop',
      changes,
      samples: [...samples].toSorted((a, b) => a.atMs - b.atMs),
      timeline: timelineOf(lanes, { toMs: 20_000 }),
    },
    loadOf(new Date(zero).toISOString(), seconds || Array.from({ length: 20 }, () => '5/0').join(' ')),
  )

test('a change that no process follows is missed, and stale from then on', () => {
  const { metrics, lanes } = follow(
    [begun, changed(0, 'green')],
    pod('a', -2, 20, () => 'blue'),
    {
      seconds: Array.from({ length: 20 }, () => '0/5').join(' '),
    },
  )
  expect(metrics).toMatchObject({ config_changes: 1, changes_missed: 1, stale_s: 20, failed_while_stale: 1 })
  expect(lanes.map(({ name, states }) => [name, states.map(({ atMs, state, text }) => [atMs, state, text])])).toEqual([
    [
      'ConfigMap',
      [
        [-5000, 'current', 'blue'],
        [0, 'current', 'green'],
      ],
    ],
    ...['mounted file', 'environment', 'in use'].map((name) => [
      name,
      [
        [-2000, 'current', 'blue'],
        [0, 'stale', 'blue'],
      ],
    ]),
  ])
})

test('a ready pod that is slow to say what it uses has not adopted a change by being silent', () => {
  const late = pod('b', -2, 13, () => 'blue').filter(({ atMs }) => atMs < zero + 5000)
  const all = [...late, ...pod('a', -2, 20, (second) => (second < 4 ? 'blue' : 'green')), ...pod('b', 13, 20, () => 'green')]
  const lanes = ['a', 'b'].map((name) => podLane('shop', [[-3000, 'ready']], name))
  expect(follow([begun, changed(0, 'green')], all, { lanes }).metrics).toMatchObject({ first_adopted_s: 4, adopted_s: 13 })
})

test('a pod that is ending, and slow to say what it uses, has adopted nothing until it is gone', () => {
  const ending = pod('old', -2, 4, () => 'blue')
  const lane = podLane(
    'shop',
    [
      [-3000, 'ready'],
      [4000, 'terminating'],
      [9000, 'gone'],
    ],
    'old',
  )
  const { metrics } = follow([begun, changed(0, 'green')], [...ending, ...pod('new', 3, 20, () => 'green')], {
    lanes: [lane, podLane('shop', [[3000, 'ready']], 'new')],
  })
  expect(metrics).toMatchObject({ changes_missed: 0, first_adopted_s: 3, adopted_s: 9 })
})

test('a change is adopted when every pod there is uses it, and begun to be when the first does', () => {
  const { metrics, adopted } = follow(
    [begun, changed(0, 'green')],
    [...pod('a', -2, 9, () => 'blue'), ...pod('b', 4, 20, () => 'green')],
  )
  expect(metrics).toMatchObject({ changes_missed: 0, first_adopted_s: 4, success_after_adoption: 1 })
  expect(adopted[0]?.allMs).toBeGreaterThanOrEqual(9000) // the old pod is forgotten when it has said nothing for a while
  expect(adopted[0]?.allMs).toBeLessThanOrEqual(10_500)
})

test('a change that another one overtook before it was used by all is missed', () => {
  const { metrics } = follow(
    [begun, changed(0, 'green'), changed(5, 'red')],
    pod('a', -2, 20, (second) => (second < 8 ? 'blue' : 'red')),
  )
  expect(metrics).toMatchObject({ config_changes: 2, changes_missed: 1, first_adopted_s: 5, adopted_s: 5 })
})

test('an edit that changes nothing is no change, and pods that come after it, before the next change, came for nothing', () => {
  const changes = [begun, changed(0, 'green'), changed(6, 'green'), changed(12, 'red')]
  const samples = pod('a', -2, 20, (second) => (second < 1 ? 'blue' : second < 13 ? 'green' : 'red'))
  const lane = (second: number, name: string): Lane => podLane('shop', [[second * 1000, 'starting']], name)
  const { metrics } = follow(changes, samples, { lanes: [lane(-5, 'a'), lane(7, 'b'), lane(13, 'c')] })
  expect(metrics).toMatchObject({
    config_changes: 2,
    changes_missed: 0,
    noop_updates: 1,
    unneeded_replacements: 1,
    pods_replaced: 2,
  })
})

test('only requests after a change was used by all, and before the next, count as after adoption', () => {
  const seconds = Array.from({ length: 20 }, (_, second) => (second < 5 || second >= 15 ? '0/5' : '5/0')).join(' ')
  const changes = [begun, changed(0, 'green'), changed(15, 'red')]
  const samples = pod('a', -2, 20, (second) => (second < 4 ? 'blue' : 'green'))
  expect(follow(changes, samples, { seconds }).metrics.success_after_adoption).toBe(1)
})

test('a restarted container is a replaced pod, though its object is the same', () => {
  const restarted = { ...podLane('shop', [[-5000, 'ready']]), pod: { node: 'worker', priority: 0, qos: '', restarts: 2 } }
  const { metrics } = follow(
    [begun, changed(0, 'green')],
    pod('a', -2, 20, () => 'blue'),
    { lanes: [restarted] },
  )
  expect(metrics.pods_replaced).toBe(2)
})
