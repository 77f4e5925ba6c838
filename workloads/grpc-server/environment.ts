// Decides what the environment may say.
import { highestPort, readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** The server's settings. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly serviceTimeMs: number
  readonly concurrency: number
  readonly queueLimit: number
  /** 0 means that a connection may live for ever. */
  readonly maxConnectionAgeMs: number
}

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ pod, integer }) => ({
    pod: pod(),
    port: integer('PORT', 9000, 0, highestPort),
    serviceTimeMs: integer('SERVICE_TIME_MS', 20, 1, 60_000),
    concurrency: integer('CONCURRENCY', 4, 1, 10_000),
    queueLimit: integer('QUEUE_LIMIT', 64, 0, 1_000_000),
    maxConnectionAgeMs: integer('MAX_CONNECTION_AGE_MS', 0, 0, 86_400_000),
  }))
