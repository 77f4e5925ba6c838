// Loaded into a command by `node --import`. Counts what the command does to anything outside itself: processes it starts, scripts it sends to nodes,
// what it asks of the API server besides reading, files it renames. At the effect whose number EFFECT says, the command is killed as by `kill -9`.
// All effects up to then are in EFFECTS, a line each: each process and each request has one before and one after.
import childProcess from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import files, { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { EFFECT, EFFECTS = '', WATCHDOG } = process.env
for (const name of ['EFFECT', 'EFFECTS', 'WATCHDOG', 'NODE_OPTIONS']) delete process.env[name] // not for what it starts

let watchdog: number | undefined
let count = 0

const effect = (what: string): void => {
  count += 1
  appendFileSync(EFFECTS, `${what.replaceAll('\n', ' ').slice(0, 120)}\n`)
  if (count !== Number(EFFECT)) return
  if (WATCHDOG === 'killed, too' && watchdog !== undefined) process.kill(watchdog, 'SIGKILL')
  process.kill(process.pid, 'SIGKILL')
}

const started = (child: ChildProcess, words: readonly string[]): void => {
  const what = words.join(' ')
  child.once('exit', () => effect(`after ${what}`))
  if (words[0] === '/bin/sh') watchdog ??= child.pid
  if (words.at(-1) !== 'bash' || !child.stdin) return
  const { stdin } = child
  const write = stdin.write.bind(stdin)
  stdin.write = ((...given: Parameters<typeof write>) => {
    effect(`before ${words[3]}: ${String(given[0]).replace(/^[{\s]+/, '')}`)
    return write(...given)
  }) as typeof stdin.write
}

const spawn = childProcess.spawn.bind(childProcess)
childProcess.spawn = ((file: string, second?: unknown, ...rest: unknown[]) => {
  const words = [file, ...(Array.isArray(second) ? (second as string[]) : [])]
  effect(`before ${words.join(' ')}`)
  const child = (spawn as (...given: unknown[]) => ChildProcess)(file, second, ...rest)
  started(child, words)
  return child
}) as typeof childProcess.spawn

const rename = files.promises.rename.bind(files.promises)
files.promises.rename = async (from, to) => {
  effect(`before ${String(to)} is written`)
  await rename(from, to)
  effect(`after ${String(to)} is written`)
}
syncBuiltinESMExports()

interface Asked {
  readonly request: { readonly method: string; readonly path: string }
}
const asked = (when: 'before' | 'after') => (message: unknown) => {
  const { method, path } = (message as Asked).request
  if (method !== 'GET') effect(`${when} ${method} ${path.replace(/\?.*/, '')}`)
}
diagnostics.subscribe('undici:request:create', asked('before'))
diagnostics.subscribe('undici:request:headers', asked('after'))
