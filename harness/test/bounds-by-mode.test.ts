import { expect, test } from 'vitest'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { Expectations, expectationsIn, metric } from '../model/rule.ts'

const scenarios = await loadScenarios()
const fixedIn = (slug: string, mode: 'full' | 'quick') => {
  const found = scenarios.find(({ scenario }) => scenario.slug === slug)
  if (!found) throw new Error(`there is no ${slug}`)
  return expectationsIn(found.scenario.expect, mode).fixed
}

test('a bound with a number for each mode has that of the mode', () => {
  const timesIn = (slug: string, mode: 'full' | 'quick') =>
    fixedIn(slug, mode).flatMap(({ metric: name, bounds }) =>
      name.startsWith('latency_p9') ? bounds.map(({ times }) => times) : [],
    )
  expect(timesIn('http2-hot-pod', 'full')).toEqual([1.25, 1])
  expect(timesIn('http2-hot-pod', 'quick')).toEqual([1.5, 1])
  expect(timesIn('cpu-limit-throttling', 'quick')).toEqual([1.5, 1])
})

test('the rules of every scenario of the lab are numbers in either mode, and the others are the same in both', () => {
  for (const { scenario } of scenarios) {
    const [full, quick] = (['full', 'quick'] as const).map((mode) => Expectations.parse(expectationsIn(scenario.expect, mode)))
    const withoutTimes = (expected: typeof full) => JSON.stringify(expected).replaceAll(/"times":[\d.]+/g, '')
    expect(withoutTimes(full)).toBe(withoutTimes(quick))
  }
})

test('a rule begins with its metric; times is 1 and plus is 0 unless it says otherwise', () => {
  expect(metric('latency_p95').atMost({ of: 'control.latency_p95', plus: 15 }, 80)).toEqual({
    metric: 'latency_p95',
    is: 'at-most',
    bounds: [
      { times: 1, of: 'control.latency_p95', plus: 15 },
      { times: 1, plus: 80 },
    ],
  })
})
