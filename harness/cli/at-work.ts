// Wraps a command that changes clusters: a lock excludes other commands, and a watchdog cleans up if the command is killed.
import { spawn } from 'node:child_process'
import { takeLock } from '../measure/lock.ts'
import type { Holder } from '../measure/lock.ts'
import { cleanUp } from '../measure/left-behind.ts'
import { thenCleanUp } from '../side-by-side.ts'
import { reasonOf } from '../model/lab-error.ts'
import { cleanLogPath, labProgram } from '../places.ts'
import { provider, work } from './session.ts'
import { interrupted, announceCleanup } from './signals.ts'

/**
 * Holds the lock while `work` runs; prints which command it waits for. `watched`: after a kill, the
 * watchdog or the next watched command cleans up. `cutOff`: the
 * command before this one, if it was killed.
 */
export const withLock = async (task: (cutOff: Holder | null) => Promise<void>, { watched = false } = {}): Promise<void> => {
  const command = ['lab', ...process.argv.slice(2)].join(' ')
  const { cutOff, release } = await takeLock({ command, watched, waiting: tellHolder, signal: interrupted })
  const dismiss = watched ? watch() : undefined
  const cleanThenWork = async (): Promise<void> => {
    if (watched && cutOff) await cleanUpAfter(cutOff)
    await task(cutOff)
  }
  await thenCleanUp(
    cleanThenWork,
    async () => dismiss?.(),
    () => provider.releaseName(),
    release,
  )
}

/** A failed clean-up does not stop the command: it creates everything that it needs. */
const cleanUpAfter = async ({ pid, command }: Holder): Promise<void> => {
  process.stderr.write(`process ${pid} (${command}) was killed: cleaning up after it\n`)
  const cleaned = await cleanUp(provider, work()).catch((error: unknown) => ({ errors: [reasonOf(error)] }))
  for (const error of cleaned.errors) process.stderr.write(`${error}\n`)
}

const tellHolder = (holder: Holder | null): void => {
  const who = holder ? `process ${holder.pid} (${holder.command}), since ${holder.since}` : 'another lab command'
  process.stderr.write(`waiting for ${who} to finish: concurrent runs would disturb each other's measurements\n`)
}

/**
 * A shell (1 MiB) in its own session, which neither Ctrl-C nor closing the terminal reaches. The pipe it reads closes when this process ends,
 * for any reason; if `done` did not arrive before, the shell starts the clean-up.
 */
const watchdogScript = 'read -r word; [ "$word" = done ] || exec "$0" clean --after "$1" >> "$2" 2>&1'

/** Returns a function that dismisses the watchdog. */
const watch = (): (() => Promise<void>) => {
  announceCleanup()
  const words = ['-c', watchdogScript, labProgram, String(process.pid), cleanLogPath()]
  const watchdog = spawn('/bin/sh', words, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  watchdog.on('error', () => {}) // the watchdog is optional
  watchdog.unref()
  const { stdin } = watchdog
  stdin.on('error', () => {}) // the watchdog was killed
  return () => new Promise((sent) => stdin.end('done\n', () => sent()))
}
