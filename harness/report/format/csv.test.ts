// Every number is in the CSV once.
import { expect, it } from 'vitest'
import { parse } from 'csv-parse/sync'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { csv } from './csv.ts'

const read = (text: string) => parse<Record<string, string>>(text, { columns: true })

it('has a row for each number of each trial, with the unit of the metric', () => {
  for (const run of [exampleRun(), episodeRun()]) {
    const numbers = run.scenarios.flatMap(({ trials }) => trials.flatMap(({ metrics }) => Object.values(metrics)))
    const rows = read(csv(run))
    expect(rows.map(({ value }) => Number(value))).toEqual(numbers)
    for (const { scenario, metric = '', unit } of rows)
      expect(unit).toBe(run.scenarios.find(({ slug }) => slug === scenario)?.metrics[metric]?.unit ?? '')
  }
})

it('says which trial a number is of, and whether it counts', () => {
  const run = exampleRun()
  const trials = run.scenarios.flatMap((scenario) => scenario.trials)
  const [first] = trials
  if (first) Object.assign(first, { invalid: ['the host was busy'] })
  const keys = new Set(
    read(csv(run)).map(({ arm, block, trial, replica, counts }) => [arm, block, trial, replica, counts].join(' ')),
  )
  expect([...keys].toSorted()).toEqual(
    trials
      .map(({ arm, block, order, replica, invalid }) =>
        [arm, block + 1, order + 1, replica + 1, invalid.length === 0 ? 'yes' : 'no'].join(' '),
      )
      .toSorted(),
  )
})

it('keeps text that a spreadsheet would run from being a formula', () => {
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({ ...scenario, slug: '=HYPERLINK("x"),\n1' }))
  expect(read(csv({ ...run, scenarios }))[0]?.['scenario']).toBe('\'=HYPERLINK("x"),\n1')
})
