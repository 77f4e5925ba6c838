import { expect, test } from 'vitest'
import { hotPod } from '../test/fixtures/accepted-runs.ts'
import type { Trial } from '../model/trial.ts'
import { gaugesAt } from './gauges.ts'

const trial = (series: Trial['series'], pods = ['a']): Trial => {
  const [found] = hotPod.scenarios[0]?.trials ?? []
  if (found === undefined) throw new Error('the run has a trial')
  return { ...found, series, pods }
}

const growing = (...points: [number, number][]): Trial['series'][string] => ({ label: 'throttled time', unit: 'ms', points })

test('a second is throttled by as much as the stopped time grew in it', () => {
  const stopped = trial({ throttled_ms: growing([-5, 0], [990, 400], [1500, 400], [1990, 650]) })
  expect(gaugesAt(stopped, 0, 1000)).toEqual([{ label: 'throttled', unit: 'ratio', value: 0.4 }])
  expect(gaugesAt(stopped, 1000, 2000)).toEqual([{ label: 'throttled', unit: 'ratio', value: 0.25 }])
})

test('what was stopped before the first reading is no part of the first second', () => {
  expect(gaugesAt(trial({ throttled_ms: growing([20, 300], [990, 500]) }), 0, 1000)).toMatchObject([{ value: 0.2 }])
})

test('the quota of a pod stops its containers, too: the larger of both counts, shared by the pods', () => {
  const both = { throttled_ms: growing([0, 0], [1000, 300]), pod_throttled_ms: growing([0, 0], [1000, 800]) }
  expect(gaugesAt(trial(both), 0, 1000)).toMatchObject([{ value: 0.8 }])
  expect(gaugesAt(trial(both, ['a', 'b']), 0, 1000)).toMatchObject([{ value: 0.4 }])
})

test('any other series has its last value, and none before its first', () => {
  const disk = trial({ disk_used_mib: { label: 'disk used', unit: 'MiB', points: [[1200, 25]] } })
  expect(gaugesAt(disk, 0, 1000)).toEqual([])
  expect(gaugesAt(disk, 1000, 2000)).toEqual([{ label: 'disk used', unit: 'MiB', value: 25 }])
})
