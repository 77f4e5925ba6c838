// Decides what the environment may say.
import { highestPort, readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** The server's settings. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly cpuMsPerRequest: number
}

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ pod, integer, positive }) => ({
    pod: pod(),
    port: integer('PORT', 8080, 0, highestPort),
    cpuMsPerRequest: positive('CPU_MS_PER_REQUEST', 30, 60_000),
  }))
