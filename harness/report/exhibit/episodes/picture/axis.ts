// The time axis of an episode: seconds from the trigger, rules for what the lab did, and where the episode ended.
import type { Timeline } from '../../../../model/timeline.ts'
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import { px, timeTicks } from './scale.ts'
import type { EpisodeScale } from './scale.ts'
import { fitted, textPx } from './lane-row.ts'

const lineHeightPx = 16

/** An action of the lab, with the text line above the lanes where its label goes. */
type Placed = { readonly atPx: number; readonly words: string; readonly line: number; readonly toLeft: boolean }

/** The trigger, or a note that there was none, and then the other actions. */
const named = ({ actions }: Timeline): { readonly atMs: number; readonly words: string }[] => {
  const others = actions.filter(({ what }) => what !== 'trigger')
  return [
    { atMs: 0, words: others.length < actions.length ? 'trigger' : 'no trigger here' },
    ...others.map(({ atMs, what }) => ({ atMs, words: what })),
  ]
}

/** Puts the label of each action on the first line where it covers no other. */
const placed = (timeline: Timeline, { x, size }: EpisodeScale): Placed[] => {
  const takenToPx: { fromPx: number; toPx: number }[][] = []
  return named(timeline).map(({ atMs, words }) => {
    const atPx = x(atMs)
    const [rightPx, leftPx] = [size.widthPx - atPx - 10, atPx - 10]
    const toLeft = textPx(words) > rightPx && leftPx > rightPx
    const shown = fitted(words, Math.max(leftPx, rightPx))
    const fromPx = toLeft ? atPx - 10 - textPx(shown) : atPx
    const toPx = fromPx + textPx(shown) + 10
    const free = takenToPx.findIndex((taken) => taken.every((other) => toPx < other.fromPx || fromPx > other.toPx))
    const line = free === -1 ? takenToPx.length : free
    takenToPx[line] = [...(takenToPx[line] ?? []), { fromPx, toPx }]
    return { atPx, words: shown, line, toLeft }
  })
}

/** Height of the action labels above the lanes, in px. */
export const actionsPx = (timeline: Timeline, scale: EpisodeScale): number =>
  6 + lineHeightPx * (1 + Math.max(...placed(timeline, scale).map(({ line }) => line)))

/** Rules and labels of the trigger and the other actions. */
export const actionRules = (timeline: Timeline, scale: EpisodeScale, bottomPx: number): Markup => {
  const topPx = actionsPx(timeline, scale)
  return markup`${placed(timeline, scale).map(({ atPx, words, line, toLeft }, index) => {
    const yPx = topPx - 6 - line * lineHeightPx
    return markup`<path class="${index === 0 ? 'rule trigger' : 'rule action'}" d="M${atPx} ${px(yPx - 9)}V${px(bottomPx)}"/><text class="${index === 0 ? 'did trigger' : 'did'}" x="${px(toLeft ? atPx - 5 : atPx + 5)}" y="${px(yPx)}"${toLeft ? markup` text-anchor="end"` : null}>${words}</text>`
  })}`
}

const tickText = (ms: number): string => `${String(ms / 1000).replace('-', '−')}\u00a0s`

/** Grid, ticks below, and the end of the episode. */
export const timeAxis = ({ toMs: endMs }: Timeline, scale: EpisodeScale, topPx: number, bottomPx: number): Markup => {
  const { x } = scale
  const end = `end ${Math.round(endMs / 1000)}\u00a0s`
  const toLeft = x(endMs) + textPx(end) / 2 > scale.size.widthPx
  const [endFromPx, endToPx] = toLeft
    ? [x(endMs) - textPx(end), x(endMs)]
    : [x(endMs) - textPx(end) / 2, x(endMs) + textPx(end) / 2]
  const ticks = timeTicks(scale)
  const labelled = ticks.filter((ms) => x(ms) + 18 < endFromPx || x(ms) - 18 > endToPx)
  return markup`
<path class="grid" d="${ticks.map((ms) => `M${x(ms)} ${px(topPx)}V${px(bottomPx)}`).join('')}"/>
<path class="end" d="M${x(endMs)} ${px(topPx)}V${px(bottomPx + 4)}"/>
<text class="tick end" x="${x(endMs)}" y="${px(bottomPx + 16)}" text-anchor="${toLeft ? 'end' : 'middle'}">${end}</text>
${labelled.map((ms) => markup`<text class="tick" x="${x(ms)}" y="${px(bottomPx + 16)}" text-anchor="middle">${tickText(ms)}</text>`)}`
}
