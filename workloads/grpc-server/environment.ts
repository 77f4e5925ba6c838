// Decides what the environment may say, and names everything wrong with it at once.

/** What the server was told to be. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly serviceTimeMs: number
  readonly concurrency: number
  readonly queueLimit: number
  /** 0 means that a connection may live for ever. */
  readonly maxConnectionAgeMs: number
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const problems: string[] = []
  const integer = (name: string, whenUnset: number, min: number, max: number): number => {
    const text = environment[name] ?? `${whenUnset}`
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    problems.push(`${name} is '${text}'. Set an integer from ${min} to ${max}, or unset it for ${whenUnset}.`)
    return whenUnset
  }
  const pod = environment['POD_NAME'] ?? ''
  if (pod === '') {
    problems.push('POD_NAME is missing: replies must name their pod. Set it from fieldRef metadata.name.')
  }
  const settings = {
    port: integer('PORT', 9000, 0, 65_535),
    pod,
    serviceTimeMs: integer('SERVICE_TIME_MS', 20, 1, 60_000),
    concurrency: integer('CONCURRENCY', 4, 1, 10_000),
    queueLimit: integer('QUEUE_LIMIT', 64, 0, 1_000_000),
    maxConnectionAgeMs: integer('MAX_CONNECTION_AGE_MS', 0, 0, 86_400_000),
  }
  return problems.length === 0 ? { kind: 'valid', settings } : { kind: 'invalid', problems }
}
