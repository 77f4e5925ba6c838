// The lanes of a running episode: a state is entered when the state or its text changes.
import type { Lane } from '../model/timeline.ts'
import type { StateText } from './pod-lane.ts'

type Named = Pick<Lane, 'kind' | 'name' | 'group'>

export interface LaneBook {
  /** Lanes in the order in which they were first seen; times are those of `enter`. */
  readonly lanes: () => readonly Lane[]
  readonly enter: (of: Named, seen: StateText, pod: Lane['pod'], atMs: number) => void
  /** Enters another state of a known lane. */
  readonly amend: (of: Pick<Lane, 'kind' | 'name'>, seen: StateText, atMs: number) => void
  /** Past states of the lane; empty if it was never seen. */
  readonly before: (of: Pick<Lane, 'kind' | 'name'>) => readonly StateText[]
}

export const openLaneBook = (): LaneBook => {
  const lanes = new Map<string, Lane>()
  const keyOf = ({ kind, name }: Pick<Lane, 'kind' | 'name'>): string => `${kind} ${name}`
  const enter: LaneBook['enter'] = ({ kind, name, group }, { state, text }, pod, atMs) => {
    const { states = [] } = lanes.get(keyOf({ kind, name })) ?? {}
    const last = states.at(-1)
    const isNew = last?.state !== state || last.text !== text
    lanes.set(keyOf({ kind, name }), { kind, name, group, pod, states: isNew ? [...states, { atMs, state, text }] : states })
  }
  return {
    lanes: () => [...lanes.values()],
    before: (of) => lanes.get(keyOf(of))?.states ?? [],
    enter,
    amend: (of, seen, atMs) => {
      const lane = lanes.get(keyOf(of))
      const last = lane?.states.at(-1)
      if (lane && last?.state === 'gone') {
        // reported after the object was gone: the state must have come before
        lanes.set(keyOf(of), { ...lane, states: [...lane.states.slice(0, -1), { ...seen, atMs: last.atMs }, last] })
      } else if (lane) enter(lane, seen, lane.pod, atMs)
    },
  }
}
