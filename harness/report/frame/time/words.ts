// Texts about where the time of a run went.
import { minutes } from '../../write/date.ts'
import { figure } from '../../write/quantity.ts'
import type { Part, TimeSpent } from './facts.ts'

/** `13:20 min, 1.3 × the 9:50 min that windows and timers take`; the time alone where there is no floor. */
export const timeWords = ({ seconds, floorSeconds, ratio }: TimeSpent): string =>
  floorSeconds === null || ratio === null
    ? `${minutes(seconds)}\u00a0min`
    : `${minutes(seconds)}\u00a0min, ${figure(ratio, '', 1)}\u00a0× the minimum of ${minutes(floorSeconds)}\u00a0min for windows and timers`

/** Name of a part. */
export const partWords = ({ what }: Part, nodes: number): string => {
  if (what !== 'episodes') return what
  return nodes === 1 ? 'episodes, one by one' : `episodes, ${nodes} side by side`
}
