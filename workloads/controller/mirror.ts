// Decides how the objects of one kind are kept in sight: listed once, then watched, and listed anew where the watch has a gap.
import { ListWatch, Watch } from '@kubernetes/client-node'
import type { KubeConfig, KubernetesListObject, KubernetesObject } from '@kubernetes/client-node'
import { wordsOf } from './api.ts'
import type { Log } from '../service/log.ts'

const restartAfterMs = 1000

/** Where the objects are. */
export interface Source<T extends KubernetesObject> {
  /** What they are called where a list or watch is refused. */
  readonly what: string
  readonly path: string
  readonly fieldSelector?: string
  readonly list: () => Promise<KubernetesListObject<T>>
}

/** Who is notified: of anything new, and as `trouble` of a list or watch that broke and is tried again in a second. */
export interface Observer {
  readonly onChange: () => void
  readonly log: Log
}

/** The objects there are, as far as this process knows; undefined until they were listed once. */
export type Mirror<T> = () => readonly T[] | undefined

/**
 * Starts to mirror, until `signal` aborts. An idle watch, which the client ends after half a minute, goes on where it was,
 * and so does a broken one; a version that is too old by then (410) makes a new list. The client takes in a list one by one,
 * and reports each: whoever hears of a change from here sees all of it.
 */
export const mirror = <T extends KubernetesObject>(
  config: KubeConfig,
  { what, path, fieldSelector, list }: Source<T>,
  { onChange, log }: Observer,
  signal: AbortSignal,
): Mirror<T> => {
  let isListed = false
  const notify = (): void => void setImmediate(() => signal.aborted || onChange())
  const listed = async (): Promise<KubernetesListObject<T>> => {
    const objects = await list()
    signal.throwIfAborted() // no watch begins any more
    setImmediate(() => (isListed = true))
    notify() // also when there are none
    return objects
  }
  const watch = new ListWatch<T>(path, new Watch(config), listed, false, undefined, fieldSelector)
  const start = (): void => void watch.start().catch(again)
  const again = (error: unknown): void => {
    if (signal.aborted) return // stopping breaks the watch, too
    log('trouble', { what, why: wordsOf(error) })
    setTimeout(() => signal.aborted || start(), restartAfterMs)
  }
  signal.addEventListener('abort', () => void watch.stop(), { once: true })
  watch.on('change', notify)
  watch.on('error', again)
  start()
  return () => (isListed ? watch.list() : undefined)
}
