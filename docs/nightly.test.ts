import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import config from '../vitest.config.ts'
import { Nights, nightlyPage, tiers, tiersNamed } from './nightly-page.ts'
import type { TierRun } from './nightly-page.ts'

const file = (name: string): Promise<string> => readFile(join(import.meta.dirname, name), 'utf8')

test('docs/nightly.md says what its records say', async () => {
  expect(nightlyPage(Nights.parse(JSON.parse(await file('nightly.json'))))).toBe(await file('nightly.md'))
})

test('`make nightly` plays every kind of test that `make test` does not', () => {
  const { projects } = z.object({ projects: z.array(z.object({ test: z.object({ name: z.string() }) })) }).parse(config.test)
  const kinds = projects.map((project) => project.test.name)
  expect(kinds.toSorted()).toEqual(['hermetic', 'interruption', 'smoke', ...Object.keys(tiers)].toSorted())
})

test('tiers run in their own order, whichever are named, and an unknown one is refused', () => {
  expect(tiersNamed(['long', 'simulation'])).toEqual(['simulation', 'long'])
  expect(tiersNamed([])).toEqual(Object.keys(tiers))
  expect(tiersNamed(['longest'])).toMatch(/^unknown tier: longest; there are: simulation, /)
})

test('the last three runs of a tier stand below each other, the newest first', () => {
  const run = (minutes: number): TierRun => ({
    date: '2026-12-07T02:17:00.000Z',
    commit: `c${minutes}`,
    machine: '2 CPUs, 24 GiB',
    tier: 'long',
    minutes,
    passed: 9,
    failed: 1,
    leftOut: 2,
  })
  const rows = nightlyPage([40, 41, 42.5, 43].map(run)).split('\n').filter((line) => line.startsWith('| ')) // prettier-ignore
  expect(rows.slice(2).map((row) => row.split(' | ').slice(2))).toEqual([
    ['2026-12-07', 'c43', '2 CPUs, 24 GiB', '43:00', '9', '1', '2 |'],
    ['2026-12-07', 'c42.5', '2 CPUs, 24 GiB', '42:30', '9', '1', '2 |'],
    ['2026-12-07', 'c41', '2 CPUs, 24 GiB', '41:00', '9', '1', '2 |'],
  ])
})
