// Aborts work, with the reason, before the machine runs out of disk or memory.
import type { Provider } from '../cluster/provider.ts'

/** Runs `work` while watching the machine; the signal it gets also fires under pressure. */
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
