// Runs independent builds concurrently, and limits how many use the CPUs at a time.
import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import type { LimitFunction } from 'p-limit'
import { ProcessOutput } from 'zx/core'
import { buildSeconds } from '../model/build-cost.ts'
import type { BuildCost } from '../model/build-cost.ts'
import { LabError, messageOf } from '../model/lab-error.ts'
import type { Progress, Say, Work } from '../model/work.ts'

/**
 * `go build` compiles as many packages at a time as there are CPUs, and two that begin together compile what they share twice: one for each
 * four CPUs, and at least one.
 */
const compilersOn = (cpus: number): number => Math.max(1, Math.floor(cpus / 4))

/** A step that unpacks packages or builds an image uses about one CPU, or the disk: half as many run at a time as there are CPUs. */
const packersOn = (cpus: number): number => Math.max(1, Math.floor(cpus / 2))

const stepAmong =
  (limit: LimitFunction) =>
  <T>({ step, signal }: Work, title: string, cost: BuildCost, build: (say: Say) => Promise<T>): Promise<T> =>
    limit(() => {
      signal.throwIfAborted()
      return step(title, build, { seconds: buildSeconds(cost) })
    })

/** A step that compiles: it waits for a compiler slot, and does not start if the work's signal has fired by then. */
export const compilerStep = stepAmong(pLimit(compilersOn(availableParallelism())))

/** The same for a step that unpacks packages or builds an image. */
export const packerStep = stepAmong(pLimit(packersOn(availableParallelism())))

/**
 * Runs builds concurrently. As soon as a step fails, or the work's signal fires, no further step begins, running steps are
 * stopped, and it waits for all. It throws the error of the step that failed first, with its name; complete builds stay in the cache. A build
 * may itself be such a group.
 */
export const buildTogether = async <T extends readonly unknown[]>(
  { step, beside = step, signal }: Work,
  start: (work: Work) => { readonly [Index in keyof T]: Promise<T[Index]> },
): Promise<T> => {
  const failed = new AbortController()
  const stopping = AbortSignal.any([signal, failed.signal])
  const stepOrStop: Progress = async (title, run, expected) => {
    stopping.throwIfAborted()
    try {
      return await beside(title, run, expected)
    } catch (error) {
      failed.abort(signal.aborted ? error : named(title, error)) // keeps the first error: a signal fires once
      throw error
    }
  }
  const builds = start({ signal: stopping, step: stepOrStop })
  try {
    return await Promise.all(builds)
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(builds)
    throw failed.signal.reason
  }
}

/** Adds the name of the build to an error: the output of concurrent builds does not show it. The error of a full disk already says what to do. */
const named = (title: string, error: unknown): unknown => {
  if (error instanceof LabError || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')) return error
  const said = error instanceof ProcessOutput ? `${error.stdout}\n${error.stderr}`.trim() : messageOf(error)
  return new LabError(`Failed to ${title}`, {
    evidence: said.split('\n').slice(-15),
    next: '`lab doctor` shows what is missing; run it again to continue: finished builds are kept',
    exit: 'cannotRun',
    cause: error,
  })
}

/** Calls that overlap for the same key share one build. */
export const sharedBuilds = <T>(): ((key: string, build: () => Promise<T>) => Promise<T>) => {
  const running = new Map<string, Promise<T>>()
  return (key, build) => {
    const found = running.get(key)
    if (found) return found
    const begun = build().finally(() => running.delete(key))
    running.set(key, begun)
    return begun
  }
}
