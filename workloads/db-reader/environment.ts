// Decides what the environment may say.
import { highestPort, readEnvironment } from '../service/environment.ts'
import type { Environment, SettingsOutcome } from '../service/environment.ts'

export type { Environment }

/** `environment` and `file-at-start` are read once, `file` anew for every connection. */
export type ConfigFrom = 'environment' | 'file-at-start' | 'file'

/** The service's settings. */
export interface Settings {
  readonly port: number
  readonly pod: string
  readonly configFrom: ConfigFrom
  /** Where the files are; each is named as the variable would be. */
  readonly configFolder: string
}

const ways: readonly ConfigFrom[] = ['environment', 'file-at-start', 'file']

export const readSettings = (environment: Environment): SettingsOutcome<Settings> =>
  readEnvironment(environment, ({ pod, integer, text, refuse }) => {
    const settings = { pod: pod(), port: integer('PORT', 8080, 0, highestPort), configFolder: text('CONFIG_FOLDER', '/config') }
    if (!settings.configFolder.startsWith('/'))
      refuse(`CONFIG_FOLDER is '${settings.configFolder}'. Set an absolute path, or unset it for /config.`)
    const written = text('CONFIG_FROM', 'environment')
    const configFrom = ways.find((way) => way === written)
    if (!configFrom) refuse(`CONFIG_FROM is '${written}'. Set one of ${ways.join(', ')}, or unset it for environment.`)
    return { ...settings, configFrom: configFrom ?? 'environment' }
  })
