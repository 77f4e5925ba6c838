// Decides what the environment may say.
import { availableParallelism } from 'node:os'
import { parseDurationMs } from '../open-loop/duration.ts'
import { readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** How much to burn. */
export interface Settings {
  readonly threads: number
  readonly burnForMs: number
}

const longestMs = 86_400_000

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ integer, text, refuse }) => {
    const threads = integer('THREADS', Math.min(256, 2 * availableParallelism()), 1, 256)
    const burnFor = text('BURN_FOR', '10m')
    const burnForMs = parseDurationMs(burnFor) ?? 0
    if (burnForMs <= 0 || burnForMs > longestMs)
      refuse(`BURN_FOR is '${burnFor}'. Set a time above 0 with its unit, at most 1440m, or unset it for 10m.`)
    return { threads, burnForMs }
  })
