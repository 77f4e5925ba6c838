import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modelError } from '../../harness/predict/model-error.ts'
import { table } from '../../harness/report/write/markdown-text.ts'
import { compareWithKernel, compareWithMeasured, errorOf, grid, predictTable } from './predict.ts'

/** The whole grid takes half a minute. */
const some = grid.filter((_, index) => index % 9 === 0)

test.each(some)(
  'p99 under $limitMillicores m for $costMs ms (CV $spread) at $rateRps/s is within 20 % of the kernel’s code, and no further off than the lab says',
  (point) => {
    const error = Math.abs(errorOf(compareWithKernel(point)))
    expect(error).toBeLessThanOrEqual(0.2)
    expect(error).toBeLessThanOrEqual(modelError.kernel.largest + 0.0005)
  },
)

test('the error that the lab states is that of the whole grid, and of the accepted run as it is', async () => {
  expect(modelError.kernel.points).toBe(grid.length)
  expect(modelError.kernel.largest).toBeLessThanOrEqual(0.2)
  const measured = (await compareWithMeasured()).map((each) => Math.abs(errorOf(each)))
  expect(measured).toHaveLength(modelError.measured.points)
  expect(Math.max(...measured)).toBeCloseTo(modelError.measured.largest, 3)
  expect(modelError.measured.largest).toBeLessThanOrEqual(0.2)
})

test('docs/decisions.md states the same', async () => {
  const { columns, rows } = predictTable(modelError)
  expect(await readFile(join(import.meta.dirname, '../decisions.md'), 'utf8')).toContain(table(columns, rows, () => false))
})
