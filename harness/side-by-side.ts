// Concurrent work: it succeeds or fails as one, and uses shared things in turn; and work followed by clean-up.
import { LabError, messageOf } from './model/lab-error.ts'

/** When one fails, it stops the others and waits for them; throws the first error. */
export const allOrNone = async <T>(signal: AbortSignal, start: (signal: AbortSignal) => readonly Promise<T>[]): Promise<T[]> => {
  const failed = new AbortController()
  const all = start(AbortSignal.any([signal, failed.signal]))
  try {
    return await Promise.all(all)
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(all)
    throw error
  }
}

/** Runs all to their end, even after a failure; throws the first error. */
export const allToEnd = async <T>(works: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/**
 * Runs each clean-up in order, even if the work or an earlier clean-up fails. Throws the first error; the message of a
 * later clean-up failure becomes its evidence.
 */
export const thenCleanUp = <T>(work: () => Promise<T>, ...cleanUps: readonly (() => Promise<unknown>)[]): Promise<T> =>
  cleanUps.reduce<() => Promise<T>>((before, cleanUp) => () => thenOne(before, cleanUp), work)()

const thenOne = async <T>(work: () => Promise<T>, cleanUp: () => Promise<unknown>): Promise<T> => {
  const result = await work().catch(async (first: unknown): Promise<never> => {
    const second = await cleanUp().then(
      () => null,
      (error: unknown) => messageOf(error),
    )
    throw second === null ? first : withEvidence(first, `then clean-up failed: ${second}`)
  })
  await cleanUp()
  return result
}

const withEvidence = (error: unknown, line: string): unknown =>
  error instanceof LabError
    ? new LabError(error.message, { ...error.details, evidence: [...(error.details.evidence ?? []), line] })
    : error // such as an interrupt, after which clean-up by the same signal has to fail

/** Serializes overlapping calls. */
export const inTurn = <Of extends unknown[]>(work: (...of: Of) => Promise<void>): ((...of: Of) => Promise<void>) => {
  let last = Promise.resolve()
  return (...of) => (last = last.then(() => work(...of)))
}
