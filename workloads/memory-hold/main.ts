// Decides how the process takes memory, all at once or at a rate, keeps it in use, and leaves when asked to.
import { log } from '../service/log.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'
import { Memory } from './memory.ts'

const mib = 2 ** 20
const growEveryMs = 50
const touchEveryMs = 5000

const hold = async ({ memoryMib, growthMibPerS }: Settings): Promise<void> => {
  const memory = new Memory(memoryMib * mib)
  const stop = (signal: string): void => {
    log('stopped', { memoryMib: toMib(memory.takenBytes), signal })
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  log('started', { memoryMib, growthMibPerS })
  const held = keepInUse(memory)
  await grow(memory, growthMibPerS)
  log('holding', { memoryMib: toMib(memory.takenBytes), rssMib: toMib(process.memoryUsage.rss()) })
  return held
}

const grow = async (memory: Memory, growthMibPerS: number): Promise<void> => {
  const startMs = performance.now()
  const dueBytes = (): number => ((performance.now() - startMs) / 1000) * growthMibPerS * mib
  while (memory.takenBytes < memory.sizeBytes) {
    await memory.takeUpTo(growthMibPerS === 0 ? memory.sizeBytes : dueBytes())
    if (memory.takenBytes < memory.sizeBytes) await wait(growEveryMs)
  }
}

const keepInUse = async (memory: Memory): Promise<void> => {
  for (;;) {
    await wait(touchEveryMs)
    await memory.touch()
  }
}

const toMib = (bytes: number): number => Math.round((bytes / mib) * 100) / 100

const main = (): void => {
  const outcome = readSettings(process.env)
  if (outcome.kind === 'invalid') {
    process.stderr.write(outcome.problems.map((problem) => `${problem}\n`).join(''))
    process.exitCode = 2
    return
  }
  hold(outcome.settings).catch((error: unknown) => {
    process.stderr.write(
      `The memory could not be taken: ${String(error)}. Set MEMORY_MIB lower, or lift the limit it met.\n`,
      () => process.exit(1),
    )
  })
}

main()
