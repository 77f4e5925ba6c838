// Decides how the process burns: on every thread it may use, until it is asked to stop or its time is over.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { readSettings } from './environment.ts'
import type { Settings } from './environment.ts'

// As text, so that a bundle is one file. Arithmetic in registers: it takes CPU time from its neighbours and nothing else.
const burnForEver = 'for (let bits = 1; ; ) { bits ^= bits << 13; bits ^= bits >>> 17; bits ^= bits << 5 }'

const burn = async ({ threads, burnForMs }: Settings): Promise<void> => {
  process.once('SIGTERM', () => process.exit(0))
  process.once('SIGINT', () => process.exit(0))
  setTimeout(() => process.exit(0), burnForMs)
  const workers = Array.from({ length: threads }, () => new Worker(burnForEver, { eval: true }))
  await Promise.all(workers.map((worker) => once(worker, 'online')))
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event: 'started', threads, burnForMs })}\n`)
}

const main = (): void => {
  const outcome = readSettings(process.env)
  if (outcome.kind === 'invalid') {
    process.stderr.write(outcome.problems.map((problem) => `${problem}\n`).join(''))
    process.exitCode = 2
    return
  }
  burn(outcome.settings).catch((error: unknown) => {
    process.stderr.write(`A thread could not start: ${String(error)}. Check the memory limit, or set THREADS lower.\n`, () =>
      process.exit(1),
    )
  })
}

main()
