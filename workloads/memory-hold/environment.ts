// Decides what the environment may say, and names everything wrong with it at once.

/** How much memory to hold, and how fast to take it. */
export interface Settings {
  /** Held by the program besides what Node.js itself needs. */
  readonly memoryMib: number
  /** 0 takes all of it at once. */
  readonly growthMibPerS: number
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const mostMib = 4096

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const { MEMORY_MIB: memoryText, GROWTH_MIB_PER_S: growthText = '0' } = environment
  const problems: string[] = []
  const memoryMib = numberOf(memoryText ?? '')
  const growthMibPerS = numberOf(growthText)
  if (memoryText === undefined) {
    problems.push(`MEMORY_MIB is missing: how much to hold. Set MiB above 0, at most ${mostMib}.`)
  } else if (!(memoryMib > 0 && memoryMib <= mostMib)) {
    problems.push(`MEMORY_MIB is '${memoryText}'. Set a number of MiB above 0, at most ${mostMib}, without a unit.`)
  }
  if (Number.isNaN(growthMibPerS)) {
    problems.push(`GROWTH_MIB_PER_S is '${growthText}'. Set a number of MiB a second, or unset it to take all at once.`)
  }
  return problems.length === 0 ? { kind: 'valid', settings: { memoryMib, growthMibPerS } } : { kind: 'invalid', problems }
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}
