// Decides what the environment may say.
import { readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

/** How much memory to hold, and how fast to take it. */
export interface Settings {
  /** Held by the program besides what Node.js itself needs. */
  readonly memoryMib: number
  /** 0 takes all of it at once. */
  readonly growthMibPerS: number
}

const mostMib = 4096

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ positive, text }) => ({
    memoryMib: positive('MEMORY_MIB', undefined, mostMib),
    growthMibPerS: text('GROWTH_MIB_PER_S', '0') === '0' ? 0 : positive('GROWTH_MIB_PER_S', undefined, mostMib),
  }))
