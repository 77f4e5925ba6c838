// The simulations in small: enough to see that they still run, and that what is claimed of the judge is not far off.
import { expect, test } from 'vitest'
import { equalArms, fixedAt, wholeRuns } from './judge.ts'

const rows = await wholeRuns(20)

test('a fix that equals control is fixed in 95 % of full runs at least, quiet hour or noisy, and no arm gets a wrong verdict', () => {
  const full = rows.filter(({ mode }) => mode !== 'quick')
  expect(full).toHaveLength(8)
  for (const { fixed } of full) expect(fixed).toBeGreaterThanOrEqual(0.95)
  for (const { anyWrong } of rows) expect(anyWrong).toBeLessThanOrEqual(0.05)
})

test('a run until it is settled decides at least as often as a quick one, and nearly always at its first look', () => {
  for (const quick of rows.filter(({ mode }) => mode === 'quick')) {
    const full = rows.find(
      ({ mode, scenario, hour }) => mode === 'until settled' && scenario === quick.scenario && hour === quick.hour,
    )
    expect(full?.fixed).toBeGreaterThanOrEqual(quick.fixed)
    expect(full?.blocks).toBeLessThan(13)
  }
})

test('equal arms get no other verdict than the one that is true, however deployments scatter', async () => {
  expect((await equalArms(20)).map(({ calledRemedyOrWorse }) => calledRemedyOrWorse)).toEqual(Array.from({ length: 24 }, () => 0))
})

test('a full run calls a fix at its bound fixed in hardly any run', async () => {
  for (const { mode, fixed } of await fixedAt(30, [1])) expect(fixed).toBeLessThanOrEqual(mode === 'quick' ? 0.4 : 0.05)
})
