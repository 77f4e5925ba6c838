// Whether a moment is reached: a state holds now, and has held for long enough.
import { durationMs } from '../model/moment.ts'
import type { Moment } from '../model/moment.ts'
import type { Lane, LaneState } from '../model/timeline.ts'

/** `fromMs`: earliest start of a state: 0 for the trigger, if times count from it. */
export const isReached = (moment: Moment, lanes: readonly Lane[], nowMs: number, fromMs = 0): boolean => {
  if ('after' in moment) return nowMs >= durationMs(moment.after)
  const holds = ({ states }: Lane, state: LaneState): boolean => {
    const since = heldSince(states, state)
    return since !== undefined && nowMs - Math.max(since, fromMs) >= durationMs(moment.for)
  }
  if ('pods' in moment) {
    const own = lanes.filter(({ kind, group }) => kind === 'pod' && group === moment.pods)
    const enough = moment.atLeast === 'all' ? Math.max(1, own.length) : moment.atLeast
    return own.filter((lane) => holds(lane, moment.are)).length >= enough
  }
  if ('node' in moment) return lanes.some((lane) => lane.kind === 'node' && holds(lane, moment.node))
  return lanes.some((lane) => lane.kind === 'service' && lane.name === moment.service && holds(lane, moment.is))
}

/** Start of the current state; a new text does not start a new state. */
const heldSince = (states: Lane['states'], state: LaneState): number | undefined => {
  const others = states.findLastIndex((each) => each.state !== state)
  return states[others + 1]?.atMs
}

/** "pods critical have been pending for 62s" */
export const momentWords = (moment: Moment): string => {
  if ('after' in moment) return `${moment.after} after the trigger`
  const held = durationMs(moment.for) === 0 ? '' : ` for ${moment.for}`
  if ('pods' in moment)
    return `${moment.atLeast === 1 ? 'a pod' : `${moment.atLeast} pods`} of ${moment.pods} ${moment.are}${held}`
  return 'node' in moment ? `node ${moment.node}${held}` : `Service ${moment.service} ${moment.is}${held}`
}
