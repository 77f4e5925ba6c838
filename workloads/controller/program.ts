// Decides how a controller's process lives: from its settings, or all that is wrong with them, to SIGTERM.
import type { SettingsOutcome } from '../service/environment.ts'

/** What a controller does. `control` ends when `signal` aborts, which has the name of the operating system's signal as its reason. */
export interface Program<Settings> {
  readonly control: (settings: Settings, signal: AbortSignal) => Promise<void>
  /** What to check when `control` rejects. */
  readonly advice: string
}

/** Runs the program, and ends the process: with 0 on SIGTERM and SIGINT, 1 when it broke off, 2 for wrong settings. */
export const runProgram = <Settings>(outcome: SettingsOutcome<Settings>, { control, advice }: Program<Settings>): void => {
  if (outcome.kind === 'invalid') {
    process.stderr.write(outcome.problems.map((problem) => `${problem}\n`).join(''))
    process.exitCode = 2
    return
  }
  const stopped = new AbortController()
  process.once('SIGTERM', (signal) => stopped.abort(signal))
  process.once('SIGINT', (signal) => stopped.abort(signal))
  control(outcome.settings, stopped.signal).then(
    () => process.exit(0),
    (error: unknown) => process.stderr.write(`The controller broke off: ${String(error)}. ${advice}\n`, () => process.exit(1)),
  )
}
