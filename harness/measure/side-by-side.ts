// Work that goes on side by side: it succeeds or fails as one, and what it shares it uses in turn.

/** When one fails the others are stopped and waited for; the error is the first one. */
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

/** All of them come to their end, whichever fails; the error is the first one. */
export const allToEnd = async <T>(works: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/** Calls follow one another, however they overlap. */
export const inTurn = <Of extends unknown[]>(work: (...of: Of) => Promise<void>): ((...of: Of) => Promise<void>) => {
  let last = Promise.resolve()
  return (...of) => (last = last.then(() => work(...of)))
}
