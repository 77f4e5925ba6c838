// Decides which database is meant: what must be said of it, and how it is read from variables or files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment, Settings } from './environment.ts'

/** Where to connect to, and as whom. */
export interface Database {
  readonly host: string
  readonly user: string
  readonly password: string
  readonly name: string
}

/** A database, or every problem found. */
export type DatabaseOutcome =
  { readonly kind: 'valid'; readonly database: Database } | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const keys = ['DB_HOST', 'DB_USER', 'DB_PASSWORD', 'DB_NAME'] as const

/** Reads it from where the settings say, now. */
export const readDatabase = async ({ configFrom, configFolder }: Settings, environment: Environment): Promise<DatabaseOutcome> =>
  configFrom === 'environment'
    ? databaseOf(environment, 'in the environment')
    : databaseOf(await filesOf(configFolder), `in ${configFolder}`)

// Files tend to end with a line break. One that is not there is reported as missing, one that cannot be read rejects.
const filesOf = async (folder: string): Promise<Environment> =>
  Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await textOf(join(folder, key))])))

const textOf = async (path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

const databaseOf = (said: Environment, where: string): DatabaseOutcome => {
  const { DB_HOST: host = '', DB_USER: user = '', DB_PASSWORD: password = '', DB_NAME: name = '' } = said
  const missing = keys.filter((key) => !said[key])
  if (missing.length === 0) return { kind: 'valid', database: { host, user, password, name } }
  const from = 'Set it from the ConfigMap.'
  return { kind: 'invalid', problems: missing.map((key) => `${key} is missing ${where}, or empty. ${from}`) }
}
