import { mean, median, sampleVariance } from 'simple-statistics'
import { expect, test } from 'vitest'
import { normalDraw } from './fixtures/normal-draws.ts'
import { pooledVariances } from './pooled-variance.ts'
import type { SampleVariance } from './pooled-variance.ts'
import { seeded } from './seeded.ts'
import type { Random } from './seeded.ts'

const sample = (random: Random, kind: string, deviation: number, count = 3): SampleVariance => ({
  kind,
  variance: sampleVariance(Array.from({ length: count }, () => deviation * normalDraw(random))),
  degrees: count - 1,
})

/** Two hundred times the 18 samples of each kind, pooled. */
const pooledRuns = (kinds: readonly string[], deviationOf: (kind: string, random: Random) => number): SampleVariance[][] => {
  const random = seeded(7)
  return Array.from({ length: 200 }, () =>
    pooledVariances(kinds.flatMap((kind) => Array.from({ length: 18 }, () => sample(random, kind, deviationOf(kind, random))))),
  )
}

test('where samples of a kind scatter alike, each has nearly the variance and all the degrees of freedom of them together', () => {
  const runs = pooledRuns(['p50', 'p99'], (kind) => (kind === 'p99' ? 0.1 : 0.01))
  const deviations = (place: number) => runs.map((run) => Math.sqrt(run[place]?.variance ?? NaN))
  expect(mean(deviations(0)) / 0.01).toBeCloseTo(1, 1)
  expect(mean(deviations(18)) / 0.1).toBeCloseTo(1, 1)
  expect(median(runs.map(([first]) => first?.degrees ?? NaN))).toBe(36)
})

test('where they scatter differently, by a factor of three up or down, each keeps most of its own', () => {
  const runs = pooledRuns(['p99'], (_, random) => 0.1 * Math.exp(1.1 * normalDraw(random)))
  expect(median(runs.map(([first]) => first?.degrees ?? NaN))).toBeLessThan(5)
})

test('a sample on its own, or that has no like, stays as it is', () => {
  const alone = { kind: 'p99', variance: 0.01, degrees: 2 }
  const [first] = pooledVariances([alone])
  expect(first?.variance).toBeCloseTo(0.01, 6)
  expect(first?.degrees).toBe(2)
  expect(pooledVariances([])).toEqual([])
})

test('a sample that does not scatter has the variance of its kind; where none of a kind does, it has none', () => {
  const random = seeded(1)
  const others = Array.from({ length: 18 }, () => sample(random, 'p99', 0.1))
  const [still] = pooledVariances([{ kind: 'p99', variance: 0, degrees: 2 }, ...others])
  expect(Math.sqrt(still?.variance ?? NaN)).toBeGreaterThan(0.05)
  const fixed = { kind: 'requests', variance: 0, degrees: 2 }
  expect(pooledVariances([fixed, ...others])[0]).toEqual(fixed)
})
