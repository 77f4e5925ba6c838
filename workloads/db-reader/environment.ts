// Decides what the environment may say, and names everything wrong with it at once.

/** `environment` and `file-at-start` are read once, `file` anew for every connection. */
export type ConfigFrom = 'environment' | 'file-at-start' | 'file'

/** What the service was told to be. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly configFrom: ConfigFrom
  /** Where the files are; each is named as the variable would be. */
  readonly configFolder: string
}

/** Settings, or every problem found. */
export type SettingsOutcome =
  { readonly kind: 'valid'; readonly settings: Settings } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** What a process is given, or the files in its place. */
export type Environment = Readonly<Record<string, string | undefined>>

const ways: readonly string[] = ['environment', 'file-at-start', 'file'] satisfies ConfigFrom[]
const isWay = (text: string): text is ConfigFrom => ways.includes(text)

/** Reads the settings from environment variables; a variable which is set must be right, even when empty. */
export function readSettings(environment: Environment): SettingsOutcome {
  const { POD_NAME: pod = '', PORT: portText = '8080', CONFIG_FOLDER: configFolder = '/config' } = environment
  const { CONFIG_FROM: configFrom = 'environment' } = environment
  const problems: string[] = []
  const port = /^\d+$/.test(portText) ? Number(portText) : Number.NaN
  if (pod === '') {
    problems.push('POD_NAME is missing: replies must name their pod. Set it from fieldRef metadata.name.')
  }
  if (!(port <= 65_535)) {
    problems.push(`PORT is '${portText}'. Set an integer from 0 to 65535, or unset it for 8080.`)
  }
  if (!configFolder.startsWith('/')) {
    problems.push(`CONFIG_FOLDER is '${configFolder}'. Set an absolute path, or unset it for /config.`)
  }
  if (!isWay(configFrom)) {
    problems.push(`CONFIG_FROM is '${configFrom}'. Set one of ${ways.join(', ')}, or unset it for environment.`)
    return { kind: 'invalid', problems }
  }
  if (problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', settings: { port, pod, configFrom, configFolder } }
}
