import { expect, test } from 'vitest'
import type { MetricTrend, RunTrend } from '../../diff/run-trend.ts'
import { sparkline, trendText } from './text.ts'

const ratios = [1, 1, 1.1, 1, 2, 2.1, 2, 2]
const metric: MetricTrend = {
  scenario: 'http2-hot-pod',
  arm: 'l7-proxy',
  metric: 'latency_p99',
  better: 'lower',
  points: ratios.map((ratio, run) => ({ run, ratio })),
  changes: [{ run: 4, answer: 'worse', ratio: 2, p: 0.00012, acknowledged: null }],
}
const trend: RunTrend = {
  schemaVersion: 1,
  runs: ratios.map((_, index) => ({
    startedAt: `2026-11-0${index + 1}T04:00:00.000Z`,
    seed: 1,
    mode: 'quick',
    lab: '0.1.0',
    kubernetes: index < 4 ? 'v1.34.0' : 'v1.36.0',
  })),
  cutOff: 1,
  metrics: [metric, { ...metric, metric: 'latency_p50', changes: [] }],
  verdicts: [
    {
      scenario: 'http2-hot-pod',
      arm: 'istio',
      changes: [
        { run: 0, verdict: 'fixed', asExpected: true, acknowledged: null },
        { run: 5, verdict: 'no-effect', asExpected: false, acknowledged: { reason: 'known', until: '2026-12-31' } },
      ],
    },
  ],
}

test('what changed is dated by its run, with its size, what was new then, and a picture; what did not change is counted', () => {
  expect(trendText(trend, 200).map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
    '8 runs from 1 November 2026, 04:00 UTC to 8 November 2026, 04:00 UTC; 1 interrupted run omitted',
    '',
    'Verdicts',
    '  scenario       arm    verdicts',
    '  http2-hot-pod  istio  fixed, no effect since 6 November 2026, 04:00 UTC, run 6 (acknowledged until 2026-12-31: known)',
    '',
    'What changed',
    '  l7-proxy, latency_p99 ✗ worse',
    '    http2-hot-pod; worse by +100 % since 5 November 2026, 04:00 UTC, run 5, with Kubernetes v1.36.0 (p = 0.0001); 1.00 to 2.10 × control’s',
    '    ▁▁▂▁████',
    '',
    'Unchanged',
    '  1 of 2 metrics',
    '',
    '1 of 2 metrics changed; 1 verdict changed.',
  ])
})

test('no line is longer than the terminal is wide', () => {
  for (const columns of [40, 80, 120])
    for (const line of trendText(trend, columns)) expect(line.length).toBeLessThanOrEqual(columns)
})

test('values that are all the same are a flat line, and of many the newest are drawn', () => {
  expect(sparkline({ points: [1, 1, 1].map((ratio, run) => ({ run, ratio })) })).toBe('▁▁▁')
  const many = Array.from({ length: 300 }, (_, run) => ({ run, ratio: run < 250 ? 1 : 2 }))
  expect(sparkline({ points: many })).toBe('▁'.repeat(50) + '█'.repeat(50))
})
