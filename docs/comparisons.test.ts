import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readComparisons, versionsPage, withComparisons } from './comparisons.ts'

const comparisons = await readComparisons()
const [gate, versions] = ['gate.md', 'versions.md'].map((page) => join(import.meta.dirname, page)) as [string, string]

test('docs/gate.md has a row for each comparison (vitest -u writes it)', async () => {
  await expect(withComparisons(await readFile(gate, 'utf8'), comparisons)).toMatchFileSnapshot(gate)
})

test('docs/versions.md has the comparisons of versions (vitest -u writes it)', async () => {
  await expect(versionsPage(comparisons)).toMatchFileSnapshot(versions)
})

test('no more than one of twenty comparisons of a platform with itself calls anything worse', () => {
  const same = comparisons.filter(({ older, newer }) => older.platform === newer.platform)
  const alarms = same.filter(({ answer }) => answer === 'regressed')
  expect(alarms.length).toBeLessThanOrEqual(Math.max(1, same.length * 0.05))
})
