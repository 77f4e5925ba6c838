import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'

// scipy.stats.binomtest(k, n).proportion_ci(method='exact'), scipy 1.17.1
test.each([
  [0, 1, 0, 0.975],
  [1, 1, 0.025, 1],
  [5, 5, 0.47817624989501856, 1],
  [0, 5, 0, 0.5218237501049815],
  [4, 5, 0.2835820638819105, 0.9949492366205319],
  [7, 10, 0.3475471499399921, 0.9332604888222655],
])('%i of %i: from %f to %f', (k, n, low, high) => {
  const interval = clopperPearson(k, n)
  expect(interval.low).toBeCloseTo(low, 6)
  expect(interval.high).toBeCloseTo(high, 6)
})
