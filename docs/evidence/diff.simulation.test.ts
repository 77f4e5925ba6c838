import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { table } from '../../harness/report/write/markdown-text.ts'
import { diffTable, simulateDiff } from './diff.ts'
import { trendTable } from './trend.ts'

test('with three older runs that scatter by 10 % a comparison finds a p99 that doubled in four of five cases, and has a false alarm in one of twenty at most', () => {
  const { falseAlarms, found } = simulateDiff(3, { scatter: 0.1 }, 1000, 2)
  expect(found[1]).toBeGreaterThanOrEqual(0.8)
  expect(falseAlarms).toBeLessThanOrEqual(0.05)
})

test('a change as large as a comparison says it detects is found in nine of ten cases', () => {
  const { detected } = simulateDiff(5, { scatter: 0.25 }, 100, 3)
  expect(detected).toBeGreaterThanOrEqual(0.88)
})

test.each([
  ['diff', diffTable],
  ['trend', trendTable],
])('docs/principles.md has the rates of `lab %s` as simulated', async (_, tableOf) => {
  const { columns, rows } = tableOf()
  expect(await readFile(join(import.meta.dirname, '../principles.md'), 'utf8')).toContain(table(columns, rows, () => false))
})
