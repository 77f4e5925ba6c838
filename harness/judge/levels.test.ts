import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evicted, hotPod, throttling } from '../test/fixtures/accepted-runs.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { countSteadyArms, levelAfter } from './levels.ts'

const looks = [
  { blocks: 12, share: 0.5 },
  { blocks: 16, share: 0.25 },
  { blocks: 20, share: 0.25 },
]
const design = { deployments: [], trials: [], looks, seconds: 0, floorSeconds: 0 }

test('the arms of all scenarios under steady load share the 5 % of a run: nineteen of the two accepted ones', () => {
  const arms = countSteadyArms([...hotPod.scenarios, ...throttling.scenarios])
  expect(arms).toBe(19)
  expect(levelAfter(20, {}, arms)).toBeCloseTo(0.05 / 19, 12)
})

test('episodes share nothing: each is judged by itself', () => {
  expect(countSteadyArms([...evicted.scenarios, ...exampleRun().scenarios])).toBe(countSteadyArms(exampleRun().scenarios))
})

test('a look spends its share, until the next one; a run that was cut off before the first look has that of the first', () => {
  const shares = [5, 12, 15, 16, 19, 20, 30].map((blocks) => levelAfter(blocks, { design }, 1) / 0.05)
  expect(shares).toEqual([0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25])
})

test('all looks of all arms together spend 5 %', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (arms) => {
      const spent = looks.reduce((sum, { blocks }) => sum + arms * levelAfter(blocks, { design }, arms), 0)
      expect(spent).toBeCloseTo(0.05, 9)
    }),
  )
})
