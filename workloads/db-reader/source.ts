// Decides which values are in use: those of the start, or those of the last reading.
import { isDeepStrictEqual } from 'node:util'
import type { Database, DatabaseOutcome } from './database.ts'

/** What anybody may see: no password. */
export interface InUse {
  readonly host: string
  readonly user: string
  /** When these values were first read. ISO time. */
  readonly since: string
}

/** The values for connections. */
export interface Source {
  /** Those for the next connection. Rejects when they are read anew and something is wrong with them. */
  readonly next: () => Promise<Database>
  readonly inUse: () => InUse
}

/** Begins with `first`. Where `read` is given it is asked for every connection, and what it last said is in use. */
export const sourceOf = (first: Database, read?: () => Promise<DatabaseOutcome>): Source => {
  let database = first
  let since = new Date()
  const next = async (): Promise<Database> => {
    const outcome = await read?.()
    if (outcome?.kind === 'invalid') throw new Error(outcome.problems.join(' '))
    if (outcome && !isDeepStrictEqual(outcome.database, database)) {
      database = outcome.database
      since = new Date()
    }
    return database
  }
  return { next, inUse: () => ({ host: database.host, user: database.user, since: since.toISOString() }) }
}
