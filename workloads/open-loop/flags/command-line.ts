// Decides how a program reads its command line, prints its events, and reports how it failed.
import type { FlagsOutcome } from './flags.ts'

/** What a program does once its flags are right. Whatever `run` rejects with ends the process with status 1. */
export interface FlaggedProgram<Flags> {
  /** Environment variable with flags of the pod's own. */
  readonly variable: string
  readonly usage: string
  readonly readFlags: (args: readonly string[]) => FlagsOutcome<Flags>
  readonly run: (flags: Flags) => Promise<void>
}

/** Runs the program on this process's flags. */
export const runWithFlags = <Flags>({ variable, usage, readFlags, run }: FlaggedProgram<Flags>): void => {
  const outcome = readFlags([...podFlags(variable), ...process.argv.slice(2)])
  if (outcome.kind === 'valid') {
    run(outcome.flags).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
  } else if (outcome.kind === 'help') {
    process.stdout.write(usage)
  } else {
    process.stderr.write(`${outcome.problems.join('\n')}\n\n${usage}`)
    process.exitCode = 2
  }
}

/** Resolves when the event is written. */
export const print = (event: object): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(event)}\n`, () => resolve()))

/** Ends the process with status 1. */
export const fail = (problem: string): void => {
  process.stderr.write(`${JSON.stringify({ event: 'error', problem })}\n`, () => process.exit(1))
}

// The pod's own flags come first, so that those of the trial win.
const podFlags = (variable: string): string[] => (process.env[variable] ?? '').split(/\s+/).filter(Boolean)
