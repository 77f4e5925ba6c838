// Anything thrown, in words: the lab's own errors as they explain themselves, a failed build step by its output.
import { ProcessOutput } from 'zx'
import { LabError } from '../model/lab-error.ts'
import type { Exit } from '../model/lab-error.ts'
import { printable } from '../report/write/printable.ts'

/** Without control characters, whoever wrote them. */
export const explain = (error: unknown): { lines: string[]; exit: Exit } => {
  const { lines, exit } = inWords(error)
  return { lines: lines.map(printable), exit }
}

const inWords = (error: unknown): { lines: string[]; exit: Exit } => {
  if (error instanceof LabError) return { lines: error.explain(), exit: error.exit }
  if (error instanceof ProcessOutput) return { lines: buildFailure(error).explain(), exit: 'cannotRun' }
  const lines = error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)]
  return {
    lines: [...lines, '  next: this is a fault of the lab itself; please report it with the lines above'],
    exit: 'unexpected',
  }
}

const buildFailure = (output: ProcessOutput): LabError => {
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-15)
  return new LabError('A step of the set-up failed', {
    why: output.exitCode === null ? `it was ended by ${output.signal}` : `exit code ${output.exitCode}`,
    evidence: said,
    next: '`lab doctor` shows what is missing; what was built so far is kept, so running it again continues',
  })
}
