// Results of a run: files, a table on the terminal, an exit code.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { journalName } from '../model/journal-line.ts'
import { jsonOf } from '../model/json.ts'
import { exitCodes } from '../model/lab-error.ts'
import { Run } from '../model/run.ts'
import { runVerdict } from '../report/frame/headline.ts'
import { ownSurprisesOf, surpriseLine, surprisesOf } from '../report/frame/surprise-words.ts'
import { verdictLines } from '../report/frame/verdict-lines.ts'
import { runTable } from '../report/frame/run-table.ts'
import { cut } from '../report/write/cut.ts'
import { printable } from '../report/write/printable.ts'
import { writeWhole } from '../write-whole.ts'

/** A new folder for this run, such as reports/runs/2026-11-27T01-50-02. */
export const newFolder = (ending = ''): string =>
  join('reports', 'runs', new Date().toISOString().replaceAll(':', '-').slice(0, 19) + ending)

/** run.json, checked before it is written. */
export const runText = (run: Run): string => `${JSON.stringify(Run.parse(run), undefined, 1)}\n`

/** Writes run.json and the reports, and removes the journal unless the run was cut off and can be resumed. */
export const writeRun = async (run: Run, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await removeReport(folder)
  await writeWhole(join(folder, 'run.json'), runText(run))
  if (run.finishedAt !== null) await rm(join(folder, journalName), { force: true })
  const { reportFiles } = await formats()
  for (const { file, text } of reportFiles(run)) await writeWhole(join(folder, file), text)
}

/** Loaded on demand: drawing takes half a second to load. */
const formats = () => import('../report/formats.ts')

const Before = z.object({ scenarios: z.array(z.object({ slug: z.string() })) })

/** Removes the report of the run in the folder, and keeps all other files. */
const removeReport = async (folder: string): Promise<void> => {
  const before = Before.safeParse(jsonOf(await readFile(join(folder, 'run.json'), 'utf8').catch(() => '')))
  if (!before.success) return
  const { filesOfReport } = await formats()
  for (const file of filesOfReport(before.data.scenarios)) await rm(join(folder, file), { force: true })
}

/** Removes the run as well, so that it is not mistaken for the one that is measured there now. */
export const removeRun = async (folder: string): Promise<void> => {
  await removeReport(folder)
  await rm(join(folder, 'run.json'), { force: true })
}

/** Output of a command about a run: two lines per scenario, or a table of arms and times, or run.json. */
export type Output = 'lines' | 'table' | 'json'

export const outputOf = ({ json = false, table = false }: { readonly json?: boolean; readonly table?: boolean }): Output =>
  json ? 'json' : table ? 'table' : 'lines'

/** Prints the verdicts, the path of the report, and last what matters most; or the run itself. */
export const showRun = (run: Run, folder: string, output: Output): void => {
  if (output === 'json') return console.log(JSON.stringify(run, undefined, 2))
  const { columns } = process.stdout
  const lines = output === 'table' ? runTable(run, columns) : verdictLines(run, columns)
  console.log(
    [
      ...(lines.length === 0 ? [] : ['', ...lines]),
      '',
      `report: ${resolve(folder, 'report.html')}`,
      '',
      ...answerLines(run),
    ].join('\n'),
  )
}

/** Characters of a reason; the rest is in the reports. */
const longestReason = 300

/** A line with the reason for each unexpected arm, one for all that a busy machine left without a verdict, then the verdict of the run. */
export const answerLines = (run: Run): string[] => [
  ...ownSurprisesOf(run).map((surprise) => printable(cut(surpriseLine(surprise), longestReason))),
  ...(run.busy ? [printable(run.busy.sentence)] : []),
  runVerdict(run).join(' '),
]

/** An unexpected verdict outweighs an inconclusive one. A run that skipped everything is inconclusive. */
export const exitOf = (run: Run): number => {
  if (run.scenarios.length === 0 && run.skipped.length > 0) return exitCodes.cannotRun.code
  const surprises = surprisesOf(run)
  if (surprises.some(({ arm }) => arm.verdict !== 'inconclusive')) return exitCodes.unexpected.code
  return surprises.length > 0 ? exitCodes.inconclusive.code : exitCodes.asExpected.code
}

/** The worst of several runs: unexpected, then could not run, then inconclusive. */
export const worstExit = (runs: readonly Run[]): number => {
  const { unexpected, cannotRun, inconclusive, asExpected } = exitCodes
  const found = runs.map(exitOf)
  return [unexpected, cannotRun, inconclusive].find(({ code }) => found.includes(code))?.code ?? asExpected.code
}
