// A run from measurement to reports and exit code; or one per version of Kubernetes, and their matrix.
import { join, resolve } from 'node:path'
import { matrixOf } from '../diff/matrix.ts'
import { decidedArms } from '../judge/decided-arms.ts'
import { judgeRun } from '../judge/judge-run.ts'
import { steadyArmsIn } from '../design/design.ts'
import { run } from '../measure/run.ts'
import type { Outcome, RunOptions } from '../measure/run.ts'
import { exitCodes, LabError } from '../model/lab-error.ts'
import type { Run } from '../model/run.ts'
import { writeWhole } from '../write-whole.ts'
import { annotations } from './annotations.ts'
import { explain } from './explain.ts'
import { matrixMarkdown, matrixText } from './matrix/text.ts'
import { noLivePage } from './live-page.ts'
import { exitOf, removeRun, showRun, worstExit, writeRun } from './results.ts'
import type { Output } from './results.ts'
import { leaveToWatchdog } from './signals.ts'

/** The request. */
type Asked = Omit<RunOptions, 'clear' | 'decided' | 'observer'>

/** Replaces any run in its folder. */
const measure = (options: Asked, { observer } = noLivePage): Promise<Outcome> => {
  const steadyArms = steadyArmsIn(options.scenarios)
  const decided: RunOptions['decided'] = (scenario) => decidedArms(scenario, { steadyArms })
  return run({ ...options, observer, decided, clear: () => removeRun(options.out) })
}

/** Measures, judges and reports. */
export const runOne = async (options: Asked, output: Output, page = noLivePage): Promise<void> => {
  const { run: measured, error, leftBehind, isCleaningUp } = await measure(options, page)
  const judged = measured && (await judgeRun(measured))
  await page.end(judged)
  if (judged) await reportRun(judged, options.out, output)
  if (isCleaningUp) leaveToWatchdog()
  if (leftBehind.length > 0) reportLeftBehind(leftBehind)
  if (error !== undefined) throw error
}

/** A run for each version, one cluster at a time. A failed run does not stop the others. */
export const runMatrix = async (
  versions: readonly string[],
  options: Omit<Asked, 'kubernetes' | 'out'>,
  out: string,
  output: Output,
): Promise<void> => {
  const runs: Run[] = []
  const errors: unknown[] = []
  for (const kubernetes of versions) {
    const folder = join(out, kubernetes)
    process.stderr.write(`Kubernetes ${kubernetes}\n`)
    const { run: measured, error, leftBehind, isCleaningUp } = await measure({ ...options, kubernetes, out: folder })
    if (measured) {
      const judged = await judgeRun(measured)
      runs.push(judged)
      await leave(judged, folder)
    }
    if (isCleaningUp) leaveToWatchdog()
    if (leftBehind.length > 0) reportLeftBehind(leftBehind)
    if (error !== undefined) errors.push(error)
    if (options.signal.aborted) break
  }
  if (runs.length > 0) await reportMatrix(runs, out, output)
  for (const error of errors.slice(1)) process.stderr.write(`\n${explain(error).lines.join('\n')}\n`)
  if (errors.length > 0) throw errors[0]
}

const reportMatrix = async (runs: readonly Run[], out: string, output: Output): Promise<void> => {
  const matrix = matrixOf(runs)
  await writeWhole(join(out, 'matrix.json'), `${JSON.stringify(matrix, undefined, 1)}\n`)
  await writeWhole(join(out, 'matrix.md'), matrixMarkdown(matrix))
  console.log(
    output === 'json' ? JSON.stringify(matrix, undefined, 2) : ['', ...matrixText(matrix, process.stdout.columns)].join('\n'),
  )
  process.exitCode ||= worstExit(runs)
}

/** An interrupted run also gets its report, but prints no table, so that the error stays visible. */
export const reportRun = async (judged: Run, out: string, output: Output): Promise<void> => {
  await leave(judged, out)
  if (judged.finishedAt === null) {
    const lines = [`measured so far: ${resolve(out, 'report.html')}`, `continue with: lab run --resume ${out}`]
    return void process.stderr.write(`\n${lines.join('\n')}\n`)
  }
  showRun(judged, out, output)
  process.exitCode = exitOf(judged)
}

/** Writes its files, and on a GitHub runner its annotations, which GitHub also reads from standard error. */
const leave = async (judged: Run, folder: string): Promise<void> => {
  await writeRun(judged, folder)
  if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotations(judged)) process.stderr.write(`${line}\n`)
}

/** Reports what clean-up could not undo next to any other error; its exit code takes precedence. */
export const reportLeftBehind = (lines: readonly string[]): void => {
  const error = new LabError('Clean-up left something behind', {
    evidence: lines,
    next: '`lab clean` tries again; `lab down` removes the cluster with everything in it',
  })
  process.stderr.write(`\n${error.explain().join('\n')}\n`)
  process.exitCode = exitCodes.leftBehind.code
}
