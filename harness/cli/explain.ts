// Explains anything thrown: the lab's own errors by their texts, a failed build step by its output.
import { ProcessOutput } from 'zx/core'
import { LabError, messageOf } from '../model/lab-error.ts'
import type { Exit } from '../model/lab-error.ts'
import { printable } from '../report/write/printable.ts'

/** Without control characters. */
export const explain = (error: unknown): { lines: string[]; exit: Exit } => {
  const { lines, exit } = inWords(error)
  return { lines: lines.map(printable), exit }
}

const inWords = (error: unknown): { lines: string[]; exit: Exit } => {
  if (error instanceof LabError) return { lines: error.explain(), exit: error.exit }
  if (error instanceof ProcessOutput) return { lines: buildFailure(error).explain(), exit: 'cannotRun' }
  const next = nextOfMachine(error)
  if (next !== undefined) return { lines: new LabError(messageOf(error), { next }).explain(), exit: 'cannotRun' }
  const lines = error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)]
  return {
    lines: [...lines, '  next: this is a bug in the lab; please report it with the lines above'],
    exit: 'unexpected',
  }
}

const otherFolder = 'name a folder that this user can write to: --out for the run, LAB_STATE and LAB_CACHE for what the lab keeps'

/** Errors of this machine, not of the lab, by the code of the kernel. */
const ofMachine: Readonly<Record<string, string>> = {
  ENOSPC: 'free some disk there; `docker system df` shows what Docker uses',
  EDQUOT: 'free some disk there, or have the quota raised',
  EACCES: otherFolder,
  EROFS: otherFolder,
  EMFILE: 'raise the number of files a process may open: `ulimit -n 4096`',
}

const nextOfMachine = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? ofMachine[error.code] : undefined

const buildFailure = (output: ProcessOutput): LabError => {
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-15)
  return new LabError('A step of the set-up failed', {
    why: output.exitCode === null ? `killed by ${output.signal}` : `exit code ${output.exitCode}`,
    evidence: said,
    next: '`lab doctor` shows what is missing; run it again to continue: finished builds are kept',
  })
}
