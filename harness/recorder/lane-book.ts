// The lanes of an episode while it goes on: a state is entered when it is another one, or says something else.
import type { Lane } from '../model/timeline.ts'
import type { StateText } from './pod-lane.ts'

type Named = Pick<Lane, 'kind' | 'name' | 'group'>

export interface LaneBook {
  /** Lanes in the order in which they were first seen; times are those of `enter`. */
  readonly lanes: () => readonly Lane[]
  readonly enter: (of: Named, seen: StateText, pod: Lane['pod'], atMs: number) => void
  /** Another state of a lane that is known already. */
  readonly amend: (of: Pick<Lane, 'kind' | 'name'>, seen: StateText, atMs: number) => void
  /** States the lane has been in; none when it was never seen. */
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
        // reported when the object was gone already: it must have been so before
        lanes.set(keyOf(of), { ...lane, states: [...lane.states.slice(0, -1), { ...seen, atMs: last.atMs }, last] })
      } else if (lane) enter(lane, seen, lane.pod, atMs)
    },
  }
}
