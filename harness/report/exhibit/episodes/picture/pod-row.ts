// The lane of one pod, or of several with the same history: a strand each, and a numbered mark at each eviction.
import type { PodLane } from '../pod-lanes.ts'
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import type { Timeline } from '../../../../model/timeline.ts'
import type { Episode } from '../../../facts/episode.ts'
import { isWell } from '../is-well.ts'
import { podWords, stuckMs } from '../lane-words.ts'
import { px } from './scale.ts'
import type { EpisodeScale } from './scale.ts'
import type { LaneRow } from './lane-row.ts'
import { barPx, spanBars } from './span-bars.ts'

const strandPx = 4
const mostPx = 34

/** The last part of a pod's name, if it distinguishes pods of a Deployment. */
const suffix = (pod: string, group: string): string => (pod === group ? '' : pod.slice(pod.lastIndexOf('-') + 1).slice(0, 6))

const numbers = ({ evictions }: PodLane): string => {
  const orders = evictions.map(({ order }) => order)
  const [low, high] = [Math.min(...orders), Math.max(...orders)]
  return low === high ? String(low) : `${low}–${high}`
}

/** Mark of an eviction: its number in a filled disc. */
const evictionMark = (lane: PodLane, yPx: number, { x }: EpisodeScale): Markup | null => {
  const atMs = Math.min(...lane.evictions.map((eviction) => eviction.atMs))
  if (lane.evictions.length === 0) return null
  const halfPx = 8.5 + (numbers(lane).length - 1) * 3.2
  return markup`<rect class="mark evicted" x="${px(x(atMs) - halfPx)}" y="${px(yPx - 8.5)}" width="${px(2 * halfPx)}" height="17" rx="8.5"/><text class="number" x="${x(atMs)}" y="${px(yPx + 4)}" text-anchor="middle">${numbers(lane)}</text>`
}

/** Mark of a preemption: an empty diamond. */
const preemptionMarks = ({ preemptions }: PodLane, yPx: number, { x }: EpisodeScale): Markup[] =>
  preemptions.map(({ atMs }) => markup`<path class="mark preempted" d="M${x(atMs)} ${px(yPx - 7)}l7 7l-7 7l-7 -7Z"/>`)

/** Evicted, failed, stuck in Terminating, or a replacement still without a node. */
const isHurt = (lane: PodLane, timeline: Timeline): boolean => {
  const { evictions, strands, replaces } = lane
  return (
    evictions.length > 0 ||
    strands.flat().some(({ state }) => state === 'failed') ||
    stuckMs(lane, timeline) > 0 ||
    (replaces && strands.some((spans) => spans.at(-1)?.state === 'pending'))
  )
}

/** The lane, with a gap above it at the start of a group. */
export const podRow = (lane: PodLane, episode: Episode, gapPx: number): LaneRow => {
  const several = lane.pods.length > 1
  const heightPx = several ? Math.min(mostPx, Math.max(barPx, lane.pods.length * strandPx)) : barPx
  const pitchPx = heightPx / lane.pods.length
  return {
    name: lane.group,
    detail: several ? `× ${lane.pods.length}` : suffix(lane.pods[0]?.name ?? '', lane.group),
    words: podWords(lane, episode.timeline),
    hurt: !isWell(episode) && isHurt(lane, episode.timeline),
    heightPx,
    gapPx,
    bars: (topPx, scale) => {
      const yPx = topPx + heightPx / 2
      const strands = lane.strands.map((spans, index) =>
        spanBars(spans, topPx + index * pitchPx, pitchPx - (several && pitchPx >= 3 ? 1 : 0), scale),
      )
      return markup`${strands}${evictionMark(lane, yPx, scale)}${preemptionMarks(lane, yPx, scale)}`
    },
  }
}
