// Decides how one trial runs: read the flags, connect, wait for "go", load, and print the result.
import { setTimeout as wait } from 'node:timers/promises'
import { connectionPerRequest } from './connection-per-request.ts'
import { waitForGo } from './controller.ts'
import { readFlags } from './flags.ts'
import type { Flags } from './flags.ts'
import { runLoad } from './load.ts'
import type { Clock } from './schedule.ts'
import { openConnections } from './shared-connections.ts'
import type { Connections } from './shared-connections.ts'
import { usage } from './usage.ts'

const clock: Clock = { nowUs: () => performance.now() * 1000, wait }

function print(event: object): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(event)}\n`, () => resolve()))
}

function fail(problem: string): void {
  process.stderr.write(`${JSON.stringify({ event: 'error', problem })}\n`, () => process.exit(1))
}

async function connect(flags: Flags): Promise<Connections> {
  return flags.connectionPerRequest ? { count: 0, say: connectionPerRequest(flags) } : openConnections(flags)
}

async function runTrial(flags: Flags): Promise<void> {
  const go = waitForGo(() => fail('stdin ended before the result: the controller is gone. The load stopped.'))
  const { count, say } = await connect(flags)
  await print({ event: 'connected', connections: count })
  await go
  await print(await runLoad(flags, say, clock))
  process.exit(0)
}

/** The pod's own flags come first, so that those of the trial win. */
const podFlags = (process.env.LOAD_FLAGS ?? '').split(/\s+/).filter(Boolean)

function main(): void {
  const outcome = readFlags([...podFlags, ...process.argv.slice(2)])
  if (outcome.kind === 'valid') {
    runTrial(outcome.flags).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
  } else if (outcome.kind === 'help') {
    process.stdout.write(usage)
  } else {
    process.stderr.write(`${outcome.problems.join('\n')}\n\n${usage}`)
    process.exitCode = 2
  }
}

main()
