// What a command that changes clusters is surrounded by: a lock, so that it is alone; and a watchdog, which cleans up should it be killed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { takeLock } from '../measure/lock.ts'
import type { Holder } from '../measure/lock.ts'
import { cleanUp } from '../measure/left-behind.ts'
import { thenCleanUp } from '../measure/side-by-side.ts'
import { reasonOf } from '../model/lab-error.ts'
import { cleanLogPath } from '../places.ts'
import { provider, work } from './session.ts'
import { interrupted, announceCleanup } from './signals.ts'

/**
 * Holds the lock while it works. Where another command has it, says whom it waits for. `watched`: what a kill leaves is cleaned up, by the
 * watchdog, or by the next one that is watched. `cutOff`: the
 * command that was killed before this one, if any was.
 */
export const alone = async (task: (cutOff: Holder | null) => Promise<void>, { watched = false } = {}): Promise<void> => {
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
    () => provider.letGo(),
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

const labProgram = join(import.meta.dirname, 'lab')

/**
 * A shell of 1 MiB in a session of its own, which no Ctrl-C and no closing terminal reaches. The pipe it reads ends with this process,
 * however that is; where `done` did not come before, what was left behind is cleaned up.
 */
const watchdogScript = 'read -r word; [ "$word" = done ] || exec "$0" clean --after "$1" >> "$2" 2>&1'

/** Returns how the watchdog is sent away. */
const watch = (): (() => Promise<void>) => {
  announceCleanup()
  const words = ['-c', watchdogScript, labProgram, String(process.pid), cleanLogPath()]
  const watchdog = spawn('/bin/sh', words, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  watchdog.on('error', () => {}) // the watchdog is optional
  watchdog.unref()
  const { stdin } = watchdog
  stdin.on('error', () => {}) // somebody ended the watchdog
  return () => new Promise((sent) => stdin.end('done\n', () => sent()))
}
