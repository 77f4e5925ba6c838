// A condition over objects of one kind, waited for through list and watch: no polling, no change missed.
import type { ListWatch } from '@kubernetes/client-node'
import { LabError } from '../model/lab-error.ts'
import { apiClient } from './api-client.ts'
import { isRefused, refusal } from './client.ts'
import type { Kube, Manifest } from './client.ts'
import { deadlinePassed } from './wait.ts'
import type { Look, Wait } from './wait.ts'

export interface Selection {
  readonly apiVersion: string
  readonly kind: string
  /** Absent: all namespaces, or a cluster-wide kind. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** Looks at the objects at the start and after every change, until there is a value. Tolerates an API server that does not answer for a while. */
export const waitForObjects = async <T>(
  kube: Kube,
  selection: Selection,
  wait: Wait,
  look: (objects: readonly Manifest[]) => Look<T>,
): Promise<T> => {
  const stopped = AbortSignal.any([wait.signal, AbortSignal.timeout(wait.deadlineMs)])
  const informer = informerOf(kube, selection, () => list(kube, selection))
  let last = 'nothing yet'
  let trouble = ''
  let listed = false
  let stop: (() => Promise<void>) | undefined
  try {
    stopped.throwIfAborted() // it fires no more
    return await new Promise<T>((resolve, reject) => {
      const consider = (): void => {
        if (!listed) return // the informer reports each object of its first list before it knows them all
        const seen = look(informer.list())
        trouble = ''
        if ('value' in seen) resolve(seen.value)
        else last = seen.notYet
      }
      stopped.addEventListener('abort', () => reject(stopped.reason), { once: true })
      informer.on('change', consider)
      stop = keepStarted(informer, {
        started: () => {
          listed = true
          consider()
        },
        broke: (error) => {
          if (isFinal(error)) reject(watchBroke(selection, error))
          else trouble = `; the API server: ${refusal(error)}`
          return !isFinal(error)
        },
      })
    })
  } catch (error) {
    if (stopped.aborted && !wait.signal.aborted) throw await deadlinePassed(wait, last + trouble)
    throw error
  } finally {
    await stop?.()
  }
}

const retryMs = 1_000

/** Refusals that will not change: forbidden, unknown kind. Not: too many requests, or a version that is too old. */
const isFinal = (error: unknown): boolean =>
  isRefused(error) && error.code >= 400 && error.code < 500 && ![408, 410, 429].includes(error.code)

export interface ObjectWatch {
  /** Number of lists after the first: events before each of them were seen late. */
  readonly reconnects: () => number
  readonly stop: () => Promise<void>
}

/**
 * Reports every object and every change until it is stopped. A broken watch resumes a second later from the last version it
 * saw; if that is too old, it lists everything again, and counts that.
 */
export const watchObjects = async (
  kube: Kube,
  selection: Selection,
  report: (object: Manifest, change: 'listed' | 'changed' | 'gone') => void,
): Promise<ObjectWatch> => {
  let lists = 0
  let listing = true
  const listAgain = () => {
    lists += 1
    return list(kube, selection)
  }
  const informer = informerOf(kube, selection, listAgain)
  const seen = (object: Manifest): void => report(object, listing ? 'listed' : 'changed')
  informer.on('add', seen)
  informer.on('update', seen)
  informer.on('delete', (object) => report(object, 'gone'))
  const stop = await new Promise<() => Promise<void>>((resolve, reject) => {
    const end = keepStarted(informer, {
      started: () => {
        listing = false
        resolve(end)
      },
      broke: (error) => {
        if (listing) reject(watchBroke(selection, error))
        return !listing
      },
    })
  })
  return { reconnects: () => lists - 1, stop }
}

/**
 * Starts an informer, and restarts it a second after its list or watch breaks. `started`: it knows all objects; called once per start.
 * `broke` decides whether to restart. Returns a function that stops it.
 */
const keepStarted = (
  informer: ListWatch<Manifest>,
  { started, broke }: { readonly started: () => void; readonly broke: (error: unknown) => boolean },
): (() => Promise<void>) => {
  let isOver = false // stopping also breaks the watch
  let retry: NodeJS.Timeout | undefined
  const failed = (error: unknown): void => {
    if (isOver || !broke(error)) return
    retry ??= setTimeout(() => {
      retry = undefined
      start()
    }, retryMs)
  }
  const start = (): void => {
    informer.start().then(() => {
      if (!retry && !isOver) started() // it also resolves after an error, and then knows no objects
    }, failed)
  }
  informer.on('error', failed)
  start()
  return () => {
    isOver = true
    clearTimeout(retry)
    return informer.stop()
  }
}

const informerOf = (kube: Kube, selection: Selection, listNow: () => ReturnType<typeof list>): ListWatch<Manifest> => {
  const { ListWatch, Watch } = apiClient()
  return new ListWatch(
    pathOf(selection),
    new Watch(kube.config),
    listNow,
    false,
    selection.labelSelector,
    selection.fieldSelector,
  )
}

const list = (kube: Kube, { apiVersion, kind, namespace, labelSelector, fieldSelector }: Selection) =>
  kube.objects.list<Manifest>(apiVersion, kind, namespace, undefined, undefined, undefined, fieldSelector, labelSelector)

/** The current objects of a selection. */
export const listObjects = async (kube: Kube, selection: Selection): Promise<readonly Manifest[]> =>
  (await list(kube, selection)).items

const pathOf = ({ apiVersion, kind, namespace }: Selection): string => {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const plural = `${kind
    .toLowerCase()
    .replace(/(?<![aeiou])y$/, 'ie')
    .replace(/s$/, 'se')}s`
  return namespace ? `${group}/namespaces/${namespace}/${plural}` : `${group}/${plural}`
}

const watchBroke = (selection: Selection, error: unknown): LabError =>
  new LabError(`The watch of ${selection.kind} objects broke`, {
    why: refusal(error),
    next: '`lab status` shows whether the cluster answers',
    cause: error,
  })
