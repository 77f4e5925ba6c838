// Builds that go on beside one another, as far as none needs what another one makes; and how many of them may use the CPUs at a time.
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

/** A step that compiles: it begins when a compiler may start, and not at all when the work's signal has fired by then. */
export const compilerStep = stepAmong(pLimit(compilersOn(availableParallelism())))

/** The same for a step that unpacks packages or builds an image. */
export const packerStep = stepAmong(pLimit(packersOn(availableParallelism())))

/**
 * Starts builds that go on side by side. As soon as a step of one fails, or the work's own signal fires, no other step begins, those that run are
 * stopped, and all are waited for. The error is that of the step that failed first, and names it; what was built whole stays in the cache. A build
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
      failed.abort(signal.aborted ? error : named(title, error)) // of several the first: a signal fires once
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

/** An error that says which build it is of: beside others the place of a line does not. A full disk says by itself what to do. */
const named = (title: string, error: unknown): unknown => {
  if (error instanceof LabError || (error instanceof Error && 'code' in error && error.code === 'ENOSPC')) return error
  const said = error instanceof ProcessOutput ? `${error.stdout}\n${error.stderr}`.trim() : messageOf(error)
  return new LabError(`Failed to ${title}`, {
    evidence: said.split('\n').slice(-15),
    next: '`lab doctor` shows what is missing; what was built so far is kept, so running it again continues',
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
