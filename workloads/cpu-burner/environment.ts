// Decides what the environment may say, and names everything wrong with it at once.
import { parseDurationMs } from '../open-loop/duration.ts'

/** How much to burn. */
export interface Settings {
  readonly threads: number
  readonly burnForMs: number
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const mostThreads = 256
const longestMs = 86_400_000

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const { THREADS: threadsText = '4', BURN_FOR: burnForText = '10m' } = environment
  const problems: string[] = []
  const threads = /^\d+$/.test(threadsText) ? Number(threadsText) : 0
  const burnForMs = parseDurationMs(burnForText) ?? 0
  if (threads < 1 || threads > mostThreads) {
    problems.push(`THREADS is '${threadsText}'. Set an integer from 1 to ${mostThreads}, or unset it for 4.`)
  }
  if (burnForMs <= 0 || burnForMs > longestMs) {
    problems.push(`BURN_FOR is '${burnForText}'. Set a time above 0 with its unit, at most 1440m, or unset it for 10m.`)
  }
  return problems.length === 0 ? { kind: 'valid', settings: { threads, burnForMs } } : { kind: 'invalid', problems }
}
