// Decides how the process lives: read the environment and the values, serve, and leave on SIGTERM.
import { serveUntilSignal } from '../service/running-server.ts'
import { readDatabase } from './database.ts'
import type { Database } from './database.ts'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { queryAt, readOrders } from './orders.ts'
import { startServer } from './server.ts'
import { sourceOf } from './source.ts'

const databasePort = 5432

const serve = async (settings: Settings, database: Database): Promise<void> => {
  const readAgain = settings.configFrom === 'file' ? () => readDatabase(settings, process.env) : undefined
  const source = sourceOf(database, readAgain)
  const query = queryAt(databasePort)
  const orders = () => readOrders(source, query, (line) => process.stderr.write(`${line}\n`))
  const server = await startServer(settings, { orders, inUse: source.inUse })
  serveUntilSignal(server, settings.pod, { ...settings, host: database.host, user: database.user })
}

const main = async (): Promise<void> => {
  const outcome = readSettings(process.env)
  if (outcome.kind === 'invalid') return refuse(outcome.problems)
  const reading = await readDatabase(outcome.settings, process.env)
  if (reading.kind === 'invalid') return refuse(reading.problems)
  await serve(outcome.settings, reading.database)
}

const refuse = (problems: readonly string[]): void => {
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''))
  process.exitCode = 2
}

main().catch((error: unknown) => {
  process.stderr.write(`The service could not start: ${String(error)}. Check that PORT is free and CONFIG_FOLDER can be read.\n`)
  process.exitCode = 1
})
