// Decides how the orders are read: a connection for every attempt, a few attempts for every request, a line for each that failed.
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { Database } from './database.ts'
import type { Source } from './source.ts'

const attempts = 5
const betweenAttemptsMs = 50
const connectTimeoutMs = 1000 // where two CPUs start 50 pods, logging in took longer than 300 ms, and a good configuration counted as failed
const queryTimeoutMs = 1000

/** A row of the table. */
export interface Order {
  readonly id: number
  readonly item: string
}

/** Reads all of them over a connection of its own. Rejects when it cannot. */
export type Query = (database: Database) => Promise<readonly Order[]>

/** Writes a line to the log. */
export type LogLine = (line: string) => void

/** The orders, or undefined when every attempt failed. Each of those is logged, with its reason. */
export const readOrders = async (source: Source, query: Query, log: LogLine): Promise<readonly Order[] | undefined> => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await wait(betweenAttemptsMs)
    try {
      return await query(await source.next())
    } catch (error) {
      log(`ERROR Database connection failed: could not connect to server: ${reasonOf(error)}`)
    }
  }
  log(`ERROR Database unavailable after retrying ${attempts} times`)
  return undefined
}

/** The query to a PostgreSQL server at this port. Gives up connecting after 1 s, and waiting for the answer after another. */
export const queryAt = (port: number): Query => {
  return async ({ host, user, password, name }) => {
    const limits = { connectionTimeoutMillis: connectTimeoutMs, query_timeout: queryTimeoutMs }
    const client = new Client({ host, port, user, password, database: name, ...limits })
    client.on('error', () => {}) // the promises below report it, too
    try {
      await client.connect()
      return (await client.query<Order>('SELECT id, item FROM orders ORDER BY id')).rows
    } finally {
      client.end().catch(() => {}) // what was asked for is there by then, or has failed with a better reason
    }
  }
}

// A name with several addresses fails with an error for each of them, and an empty message above.
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
