// What a finished run leaves: files, a table on the terminal, an exit code.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exitCodes } from '../model/lab-error.ts'
import type { Run } from '../model/run.ts'
import { html } from '../report/html.ts'
import { markdown } from '../report/markdown.ts'
import { timeTable } from '../report/time-table.ts'
import { verdictTable } from '../report/verdict-table.ts'

export const writeReports = async (run: Run, folder: string, json: boolean): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.md'), markdown(run))
  await writeFile(join(folder, 'report.html'), html(run))
  if (json) return console.log(JSON.stringify(run, undefined, 2))
  const tables = [verdictTable(run), timeTable(run)].filter((lines) => lines.length > 0)
  console.log([...tables.flatMap((lines) => ['', ...lines]), '', `report: ${resolve(folder, 'report.html')}`].join('\n'))
}

/** An unexpected verdict outweighs an inconclusive one. A run in which everything was skipped has shown nothing. */
export const exitOf = ({ scenarios, skipped }: Run): number => {
  if (scenarios.length === 0 && skipped.length > 0) return exitCodes.cannotRun.code
  const surprises = scenarios.flatMap((scenario) => scenario.arms).filter((arm) => !arm.asExpected)
  if (surprises.some((arm) => arm.verdict !== 'inconclusive')) return exitCodes.unexpected.code
  return surprises.length > 0 ? exitCodes.inconclusive.code : exitCodes.asExpected.code
}
