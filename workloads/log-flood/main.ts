// Decides how the process lives: look before it writes, flood up to the bound, then idle until it is asked to leave.
import { setTimeout as wait } from 'node:timers/promises'
import { openDestination } from './destination.ts'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { flood } from './flood.ts'
import { refusalOf } from './guard.ts'

const mib = 2 ** 20
const refused = 3
const clock = { nowMs: () => performance.now(), wait: (delayMs: number): Promise<void> => wait(delayMs) }

const run = async (settings: Settings): Promise<void> => {
  const refusal = await refusalOf(settings)
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`)
    process.exitCode = refused
    return
  }
  const { floodTo, rateMibPerS, atMostMib } = settings
  // The flood has stdout to itself.
  const events = floodTo === 'stdout' ? process.stderr : process.stdout
  const log = (event: string, facts: object): void => {
    events.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`)
  }
  const progress = { writtenBytes: 0, fullAttempts: 0 }
  const soFar = () => ({ writtenMib: progress.writtenBytes / mib, fullAttempts: progress.fullAttempts })
  const stop = (signal: string): void => {
    log('stopped', { ...soFar(), signal })
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  const write = openDestination(floodTo)
  const startMs = performance.now()
  log('started', { floodTo, rateMibPerS, atMostMib })
  const onFull = (): void => log('full', { writtenMib: soFar().writtenMib })
  await flood({ bytesPerS: rateMibPerS * mib, atMostBytes: atMostMib * mib, onFull }, write, clock, progress)
  log('done', { ...soFar(), tookMs: Math.round(performance.now() - startMs) })
  setInterval(() => {}, 2 ** 30) // idles
}

const main = (): void => {
  const outcome = readSettings(process.env)
  if (outcome.kind === 'invalid') {
    process.stderr.write(outcome.problems.map((problem) => `${problem}\n`).join(''))
    process.exitCode = 2
    return
  }
  run(outcome.settings).catch((error: unknown) => {
    process.stderr.write(
      `The flood broke off: ${String(error)}. Check that FLOOD_TO can be written and is no link, and that its reader lives.\n`,
      () => process.exit(1),
    )
  })
}

main()
