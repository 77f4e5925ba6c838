// Errors of the lab: what, why, the evidence, and what to do next.
import { channel } from 'node:diagnostics_channel'

/** One table for the whole lab; docs and --help print it. */
export const exitCodes = {
  asExpected: { code: 0, meaning: 'as expected' },
  unexpected: { code: 1, meaning: 'a verdict is not the expected one, or the lab itself failed' },
  usage: { code: 2, meaning: 'wrong usage: unknown flag or scenario, or a broken scenario file' },
  cannotRun: { code: 3, meaning: 'this machine cannot run it; the lab removed what it created' },
  inconclusive: { code: 4, meaning: 'inconclusive: the evidence is not enough' },
  leftBehind: { code: 5, meaning: 'clean-up left something behind; `lab clean` lists it' },
  interrupted: {
    code: 130,
    meaning:
      'interrupted by Ctrl-C (129: the terminal was closed, 143: a termination signal); the lab removed what it created, or does so in the background',
  },
} as const
export type Exit = keyof typeof exitCodes

interface Details {
  readonly why?: string
  /** Literal lines: last state, events, output. */
  readonly evidence?: readonly string[]
  readonly next?: string
  readonly exit?: Exit
  readonly cause?: unknown
}

/** Every error as it is raised; docs/errors.md gets its examples from it. */
const raised = channel('kubernetes-incident-lab:error')

export class LabError extends Error {
  override readonly name = 'LabError'
  readonly exit: Exit
  readonly details: Details

  constructor(what: string, details: Details = {}) {
    super(what, { cause: details.cause })
    this.details = details
    this.exit = details.exit ?? 'unexpected'
    raised.publish(this)
  }

  /** The whole error as lines of text. */
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

/** Whether only the machine or the cluster is unsuitable: the caller may then skip the scenario. */
export const isUnfit = (error: unknown): error is LabError => error instanceof LabError && error.exit === 'cannotRun'

/** Message and reason of an error, in one line. */
export const reasonOf = (error: unknown): string => {
  const why = error instanceof LabError ? error.details.why : undefined
  return [messageOf(error), why].filter(Boolean).join(': ')
}

/** The message of any thrown value. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
