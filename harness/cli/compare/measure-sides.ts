// The two runs of a comparison: a process of `lab run` for each, with a cluster of its own, and turns between them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { LabError } from '../../model/lab-error.ts'
import { labProgram } from '../../places.ts'
import { Request } from './side.ts'
import type { Begin } from './side.ts'
import { openTurns, sides } from './turns.ts'
import type { Side, Turns } from './turns.ts'

/** How the run of a side ended. */
export interface Ended {
  readonly side: Side
  readonly exitCode: number
  /** Whether its cluster came up. */
  readonly isUp: boolean
  /** What it printed last. */
  readonly lines: readonly string[]
}

export interface Sides {
  /** What follows `lab`. */
  readonly words: Readonly<Record<Side, readonly string[]>>
  /** Who goes first in a block. */
  readonly coin: () => Side
  /** Whether the run of a side has measured everything. */
  readonly isFinished: (side: Side) => Promise<boolean>
  /** Such as `3:12 of about 12:40 min`. */
  readonly elapsed: () => string
  readonly signal: AbortSignal
}

/** Resolves when both have measured everything. If one has not, it stops the other one, waits until both have cleaned up, and throws. */
export const measureSides = async ({ words, coin, isFinished, elapsed, signal }: Sides): Promise<void> => {
  const turns = openTurns(coin)
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, failure.signal])
  let failed: Ended | undefined
  await Promise.all(
    sides.map(async (side) => {
      const ended = await runSide(side, words[side], turns, elapsed, stop)
      if (await isFinished(side)) return
      failed ??= ended
      failure.abort()
    }),
  )
  signal.throwIfAborted()
  if (failed) throw unfinished(failed)
}

const longestEvidence = 25

/** Its progress goes to standard error, each line after the name of the side and the time. */
const runSide = async (
  side: Side,
  words: readonly string[],
  turns: Turns,
  elapsed: () => string,
  stop: AbortSignal,
): Promise<Ended> => {
  const running = spawn(labProgram, words, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const ended = once(running, 'close')
  const lines: string[] = []
  if (running.stderr)
    createInterface({ input: running.stderr }).on('line', (line) => {
      if (line.trim() === '') return
      process.stderr.write(`${side.padEnd('change'.length)}  ${elapsed()}  ${line}\n`)
      lines.push(line)
      if (lines.length > longestEvidence) lines.shift()
    })
  let isUp: boolean | undefined
  running.on('message', (message) => {
    const request = Request.parse(message)
    if (request.type === 'over') {
      isUp ??= request.isDone // the first turn creates the cluster
      turns.over(side)
    } else void turns.ask(side, request).then(() => running.connected && running.send({ type: 'begin' } satisfies Begin))
  })
  const end = (): void => void running.kill('SIGTERM')
  stop.addEventListener('abort', end, { once: true })
  if (stop.aborted) end()
  await ended
  stop.removeEventListener('abort', end)
  turns.leave(side)
  return { side, exitCode: running.exitCode ?? 1, isUp: isUp ?? false, lines }
}

/** A change that does not come up is an answer; everything else leaves the comparison without one. */
export const unfinished = ({ side, exitCode, isUp, lines }: Ended): LabError => {
  const isAnswer = side === 'change' && !isUp && exitCode === 1
  return new LabError(isUp ? `The run of ${side} did not come to its end` : `The cluster of ${side} did not come up`, {
    evidence: lines,
    next: isAnswer
      ? 'that is a regression of the change; `lab up` with its platform and --keep leaves the nodes for inspection'
      : 'see its lines above; then compare again',
    exit: isAnswer ? 'unexpected' : 'cannotRun',
  })
}
