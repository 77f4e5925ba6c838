import { expect, test } from 'vitest'
import type { Matrix } from '../../diff/matrix.ts'
import { matrixMarkdown, matrixText } from './text.ts'

const version = (kubernetes: string): Matrix['versions'][number] => ({
  kubernetes,
  startedAt: '2026-11-01T10:00:00.000Z',
  seed: 1,
  mode: 'quick',
  complete: true,
})

const matrix: Matrix = {
  schemaVersion: 1,
  versions: [version('v1.34.4'), version('v1.36.3')],
  scenarios: [
    {
      slug: 'hot',
      metric: 'latency_p99',
      missing: [null, null],
      arms: [
        {
          name: 'l7-proxy',
          cells: [
            { verdict: 'fixed', asExpected: true, ratios: { latency_p99: 0.98 } },
            { verdict: 'mitigated', asExpected: false, ratios: { latency_p99: 2.1 } },
          ],
        },
        { name: 'ingress', cells: [{ verdict: 'fixed', asExpected: true, ratios: {} }, null] },
      ],
      wordings: [{ text: 'no preemption victims found', said: [false, true] }],
    },
    {
      slug: 'flood',
      metric: null,
      missing: [null, 'skipped: it has no disk'],
      arms: [{ name: 'incident', cells: [{ verdict: 'reproduced', asExpected: true, ratios: {} }, null] }],
      wordings: [],
    },
  ],
}

test('the terminal has a column for each version, why one is empty, what is said on one version alone, and the answer last', () => {
  expect(matrixText(matrix, 100)).toEqual([
    'hot',
    '  arm, latency_p99 ÷ control’s  v1.34.4           v1.36.3',
    '  l7-proxy                      ✓ fixed, 0.980 ×  ◐ mitigated ≠, 2.10 ×',
    '  ingress                       ✓ fixed           —',
    '  message only on v1.36.3: no preemption victims found',
    '',
    'flood',
    '  arm       v1.34.4       v1.36.3',
    '  incident  ● reproduced  —',
    '  v1.36.3: skipped: it has no disk',
    '',
    'Not as expected: hot, l7-proxy on v1.36.3.',
  ])
})

test('Markdown says the answer first, then a table for each scenario', () => {
  expect(matrixMarkdown(matrix)).toMatch(/^\*\*Not as expected: hot, l7-proxy on v1\.36\.3\.\*\*\n\n### hot\n\n\| arm, latency/)
  expect(matrixMarkdown(matrix)).toContain('| **incident** | ● reproduced | — |')
})
