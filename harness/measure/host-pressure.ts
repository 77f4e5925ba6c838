// Work that ends, with the reason, before the machine runs out of disk or memory.
import type { Provider } from '../cluster/provider.ts'

/** Does the work while the machine is watched; `work` is given the signal that fires then, too. */
export const abortOnHostPressure = async <T>(
  provider: Pick<Provider, 'guard'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const strained = new AbortController()
  const stopGuard = await provider.guard((why) => strained.abort(why))
  try {
    return await work(AbortSignal.any([signal, strained.signal]))
  } catch (error) {
    throw strained.signal.aborted ? strained.signal.reason : error
  } finally {
    stopGuard()
  }
}
