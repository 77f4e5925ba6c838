// The timeline of an episode as events.
import type { Timeline } from '../model/timeline.ts'
import type { LiveEvent } from './event.ts'

/** Times are from `zeroMs`, in ms since the epoch. */
export const storyOf = (name: string, { startedAt, lanes, events, actions }: Timeline, zeroMs: number): LiveEvent[] => {
  const triggerMs = Date.parse(startedAt) - zeroMs
  const about = ({ atMs }: { readonly atMs: number }) => ({ atMs: triggerMs + atMs, trial: name })
  const isTriggered = actions.some(({ what }) => what === 'trigger')
  const done = isTriggered ? actions : [{ atMs: 0, what: 'no trigger here' }, ...actions]
  return [
    ...lanes.flatMap(({ kind, name: lane, group, states }) =>
      states.map((each): LiveEvent => {
        const { state, text } = each
        return { type: 'lane', ...about(each), kind, name: lane, group, state, text }
      }),
    ),
    ...events.map((each): LiveEvent => {
      const { kind, name: object, reason, message } = each
      return { type: 'event', ...about(each), kind, name: object, reason, message }
    }),
    ...done.map((each): LiveEvent => ({
      type: 'action',
      ...about(each),
      what: each.what,
      zero: each.what === (isTriggered ? 'trigger' : 'no trigger here'),
    })),
  ]
}
