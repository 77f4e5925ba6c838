import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Timings, timingsPage } from './timings-page.ts'
import type { Timing } from './timings-page.ts'

const file = (name: string): Promise<string> => readFile(join(import.meta.dirname, name), 'utf8')

test('docs/timings.md says what its records say', async () => {
  expect(timingsPage(Timings.parse(JSON.parse(await file('timings.json'))))).toBe(await file('timings.md'))
})

test('a command’s last three runs and their median stand in one row, and those of each phase below it', () => {
  const timing = (seconds: number): Timing => ({
    command: 'make demo',
    commit: `c${seconds}`,
    startedAt: '2026-11-30T05:00:00.000Z',
    machine: '2 CPUs, 24 GiB',
    seconds,
    parts: [{ what: 'load', seconds: seconds / 2 }],
  })
  const page = timingsPage({ measured: [400, 180, 160, 200].map(timing), before: { 'make demo': '3:38' } })
  expect(page.split('\n').filter((line) => line.startsWith('|'))).toEqual([
    '| command | before | median | each run | commit |',
    '| --- | --- | --- | --- | --- |',
    '| make demo | 3:38 | 3:00 | 3:00, 2:40, 3:20 | c180, c160, c200 |',
    '| – load |  | 1:30 | 1:30, 1:20, 1:40 |  |',
  ])
})
