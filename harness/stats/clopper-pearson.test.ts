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
  // by sums of 60 digits: the chance of no success at all is below the smallest double
  [91, 91, 0.9602735023081505, 1],
  [999, 1000, 0.9944410757201734, 0.9999746825125088],
  [5000, 10_000, 0.4901513805899805, 0.5098486194100195],
])('%i of %i: from %f to %f', (k, n, low, high) => {
  const interval = clopperPearson(k, n)
  expect(interval.low).toBeCloseTo(low, 6)
  expect(interval.high).toBeCloseTo(high, 6)
})
