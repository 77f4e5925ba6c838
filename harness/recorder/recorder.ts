// Records an episode from watches: pods, events and endpoints of its namespace, and its node.
import type { CoreV1Event, V1EndpointSlice, V1Node, V1Pod } from '@kubernetes/client-node'
import type { Kube, Manifest } from '../kube/client.ts'
import { watchObjects } from '../kube/watch.ts'
import type { Moment } from '../model/moment.ts'
import type { Happening, Lane, Timeline } from '../model/timeline.ts'
import { openLaneBook } from './lane-book.ts'
import { isReached } from '../timeline/is-reached.ts'
import { nodeState } from './node-lane.ts'
import { podFacts, podGroup, podState } from './pod-lane.ts'
import { serviceOf, serviceState } from './service-lane.ts'

export interface Recorder {
  /** Marks the trigger: times count from now. */
  readonly pull: () => void
  /** Records an action of the lab; the returned function records its end and output. */
  readonly act: (what: string) => (printed: string) => void
  readonly isReached: (moment: Moment) => boolean
  /** ms since the trigger. */
  readonly nowMs: () => number
  readonly lanes: () => readonly Lane[]
  /** The recording so far; before the trigger, times count from now. */
  readonly soFar: () => { readonly timeline: Timeline; readonly isTriggered: boolean }
  /** Stops watching; `ended` says what ended the episode. */
  readonly finish: (ended: string) => Promise<Timeline>
  readonly stop: () => Promise<void>
}

/** Resolves when all watches have their initial state. `node` null: watches no node. */
export const startRecorder = async (kube: Kube, namespace: string, node: string | null): Promise<Recorder> => {
  const from = Date.now()
  let pulled: number | undefined
  const book = openLaneBook()
  const events: Happening[] = []
  const actions: Timeline['actions'] = []
  const slices = new Map<string, V1EndpointSlice>()

  const podChanged = (pod: V1Pod, isGone: boolean): void => {
    const of = { kind: 'pod' as const, name: pod.metadata?.name ?? '', group: podGroup(pod) }
    const seen = isGone ? { state: 'gone' as const, text: '' } : podState(pod, book.before(of))
    book.enter(of, seen, podFacts(pod), Date.now())
  }
  const nodeChanged = (object: V1Node): void => {
    const name = object.metadata?.name ?? ''
    book.enter({ kind: 'node', name, group: name }, nodeState(object), null, Date.now())
  }
  const slicesChanged = (slice: V1EndpointSlice, isGone: boolean): void => {
    const name = serviceOf(slice)
    if (isGone) slices.delete(slice.metadata?.name ?? '')
    else slices.set(slice.metadata?.name ?? '', slice)
    const own = [...slices.values()].filter((each) => serviceOf(each) === name)
    book.enter({ kind: 'service', name, group: name }, serviceState(own), null, Date.now())
  }
  const eventSeen = ({ involvedObject, type, reason = '', message = '' }: CoreV1Event, isOld: boolean): void => {
    const { kind = '', name = '' } = involvedObject
    const isSame = (each: Happening): boolean => each.name === name && each.reason === reason && each.message === message
    const isRoutine = type === 'Normal' && pulled === undefined // of a hundred pods that start
    if (isOld || isRoutine || (kind === 'Node' && name !== node) || events.some(isSame)) return
    events.push({ atMs: Date.now(), kind, name, reason, message })
    if (kind === 'Pod' && reason === 'Evicted') book.amend({ kind: 'pod', name }, { state: 'evicted', text: message }, Date.now())
  }

  const watches = await Promise.all([
    watchObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace }, (object, change) =>
      podChanged(object as V1Pod, change === 'gone'),
    ),
    watchObjects(kube, { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace }, (object, change) =>
      slicesChanged(object as unknown as V1EndpointSlice, change === 'gone'),
    ),
    ...(node === null
      ? []
      : [
          watchObjects(kube, { apiVersion: 'v1', kind: 'Node', fieldSelector: `metadata.name=${node}` }, (object) =>
            nodeChanged(object as V1Node),
          ),
        ]),
    // events about nodes are in the namespace default
    ...[{ namespace }, ...(node === null ? [] : [{ namespace: 'default', fieldSelector: `involvedObject.name=${node}` }])].map(
      (place) =>
        watchObjects(kube, { apiVersion: 'v1', kind: 'Event', ...place }, (object: Manifest, change) => {
          if (change !== 'gone') eventSeen(object as unknown as CoreV1Event, change === 'listed')
        }),
    ),
  ])
  const zero = (): number => pulled ?? Date.now()
  const shifted = <T extends { readonly atMs: number }>(entries: readonly T[], zeroMs: number): T[] =>
    entries.map((entry) => ({ ...entry, atMs: entry.atMs - zeroMs }))
  const lanes = (zeroMs = zero()): Lane[] => book.lanes().map((lane) => ({ ...lane, states: shifted(lane.states, zeroMs) }))
  const stop = async (): Promise<void> => void (await Promise.all(watches.map((watch) => watch.stop())))
  const timeline = (toMs: number, ended: string): Timeline => {
    const zeroMs = zero()
    return {
      startedAt: new Date(zeroMs).toISOString(),
      fromMs: from - zeroMs,
      toMs: toMs - zeroMs,
      ended,
      lanes: lanes(zeroMs),
      events: shifted(events, zeroMs),
      actions: shifted(actions, zeroMs),
      reconnects: watches.reduce((sum, watch) => sum + watch.reconnects(), 0),
    }
  }
  return {
    pull: () => {
      pulled = Date.now()
    },
    act: (what) => {
      const action = { atMs: Date.now(), what, printed: '' }
      actions.push(action)
      return (printed) => void (action.printed = printed)
    },
    isReached: (moment) => isReached(moment, lanes(), Date.now() - zero(), pulled ? 0 : -Infinity),
    nowMs: () => Date.now() - zero(),
    lanes,
    soFar: () => ({ timeline: timeline(Date.now(), ''), isTriggered: pulled !== undefined }),
    stop,
    finish: async (ended) => {
      const toMs = Date.now()
      await stop()
      return timeline(toMs, ended)
    },
  }
}
