// Every number of every trial as CSV, one number per row, for a spreadsheet or a data frame.
import { stringify } from 'csv-stringify/sync'
import type { Run } from '../../model/run.ts'
import { isValid } from '../../model/trial.ts'
import type { Format } from '../formats.ts'
import { unitOf } from '../facts/key-metrics.ts'
import { printable } from '../write/printable.ts'

const columns = ['scenario', 'arm', 'block', 'trial', 'replica', 'counts', 'metric', 'value', 'unit'] as const

const yes = (is: boolean): string => (is ? 'yes' : 'no')

const rowsOf = (run: Run): (string | number)[][] =>
  run.scenarios.flatMap((scenario) =>
    scenario.trials
      .toSorted((a, b) => a.order - b.order)
      .flatMap((trial) =>
        Object.entries(trial.metrics).map(([name, value]) => [
          scenario.slug,
          trial.arm,
          trial.block + 1,
          trial.order + 1,
          trial.replica + 1,
          yes(isValid(trial)),
          name,
          value,
          unitOf(scenario, name),
        ]),
      ),
  )

/**
 * Blocks and trials count from 1, as in the report. `replica`: 2 for control's second deployment. `counts`: the trial is valid. Text that a spreadsheet
 * would take for a formula is escaped.
 */
export const csv = (run: Run): string =>
  printable(stringify(rowsOf(run), { header: true, columns: [...columns], escape_formulas: true }))

const file = 'numbers.csv'

export const format: Format = { files: () => [file], write: (run) => [{ file, text: csv(run) }] }
