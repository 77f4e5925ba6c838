import { expect, test } from 'vitest'
import { simulateCompare } from './compare.ts'

test('two clusters of one platform are called different in one of twenty comparisons at most', () => {
  expect(simulateCompare({ blocks: 8, deployment: 0.05, cluster: 0 }, 400, 2).falseAlarms).toBeLessThanOrEqual(0.05)
})

test('in full mode a p99 that is 1.5 times as much is found in nine of ten cases', () => {
  const [half] = simulateCompare({ blocks: 16, deployment: 0.05, cluster: 0.05 }, 100, 3).found
  expect(half).toBeGreaterThanOrEqual(0.9)
})
