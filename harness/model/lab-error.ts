// How the lab says that something went wrong: what, why, the evidence, and what to do next.

/** One table for the whole lab; docs and --help print it. */
export const exitCodes = {
  asExpected: { code: 0, meaning: 'as expected' },
  unexpected: { code: 1, meaning: 'an expectation failed: a verdict is not the expected one, or the lab itself broke' },
  usage: { code: 2, meaning: 'wrong usage: unknown flag or scenario, or a broken scenario file' },
  cannotRun: { code: 3, meaning: 'this machine cannot run it; what was created for it was removed' },
  inconclusive: { code: 4, meaning: 'inconclusive: the evidence does not carry an answer' },
  leftBehind: { code: 5, meaning: 'clean-up left something behind; `lab clean` lists it' },
  interrupted: {
    code: 130,
    meaning:
      'interrupted by Ctrl-C (129: the terminal was closed, 143: a termination signal); what was created was removed, or a process in the background removes it',
  },
} as const
export type Exit = keyof typeof exitCodes

interface Details {
  readonly why?: string
  /** Last state, events, output: lines as they were seen. */
  readonly evidence?: readonly string[]
  readonly next?: string
  readonly exit?: Exit
  readonly cause?: unknown
}

export class LabError extends Error {
  override readonly name = 'LabError'
  readonly exit: Exit
  readonly details: Details

  constructor(what: string, details: Details = {}) {
    super(what, { cause: details.cause })
    this.details = details
    this.exit = details.exit ?? 'unexpected'
  }

  /** The whole error as lines for a person. */
  explain(): string[] {
    const { why, evidence = [], next } = this.details
    return [
      this.message,
      ...(why ? [`  why: ${why}`] : []),
      ...evidence.flatMap((line) => line.split('\n')).map((line) => `  | ${line}`),
      ...(next ? [`  next: ${next}`] : []),
    ]
  }
}

/** Whether something is wrong with the machine or the cluster alone: what cannot be shown there is skipped where that is wanted. */
export const isUnfit = (error: unknown): error is LabError => error instanceof LabError && error.exit === 'cannotRun'

/** What was thrown, and why, in one line. */
export const reasonOf = (error: unknown): string => {
  const why = error instanceof LabError ? error.details.why : undefined
  return [messageOf(error), why].filter(Boolean).join(': ')
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
