// A lane in the picture: name on the left, outcome on the right, bars between.
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import { px } from './scale.ts'
import type { EpisodeScale } from './scale.ts'

/** A lane without a position. `detail` distinguishes lanes of one name; the first of `words` is the most important. `gapPx`: gap above. */
export type LaneRow = {
  readonly name: string
  readonly detail: string
  readonly words: readonly string[]
  readonly hurt: boolean
  readonly heightPx: number
  readonly gapPx: number
  readonly bars: (topPx: number, scale: EpisodeScale) => Markup
}

const characterPx = 6.7

/** The text, truncated to fit. */
export const fitted = (text: string, roomPx: number): string => {
  const most = Math.floor(roomPx / characterPx)
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

/** Estimated width of a small text. */
export const textPx = (text: string): number => text.length * characterPx

/** A name is truncated to fit its detail, but keeps at least this many characters. */
const fewest = 6

const nameAt = ({ name, detail }: LaneRow, { leftPx }: EpisodeScale['size'], yPx: number): Markup => {
  const roomPx = leftPx - 12
  const besidePx = roomPx - (detail === '' ? 0 : textPx(` ${detail}`))
  const showsDetail = detail !== '' && besidePx >= textPx(name.slice(0, fewest))
  return markup`<text class="name" x="${roomPx}" y="${yPx}" text-anchor="end">${fitted(name, showsDetail ? besidePx : roomPx)}${showsDetail ? markup` <tspan class="soft">${detail}</tspan>` : null}</text>`
}

const wordsAt = ({ words, hurt }: LaneRow, { size }: EpisodeScale, yPx: number): Markup | null => {
  const [first = ''] = words
  const text = size.roomy ? words.join(', ') : first
  return text === '' || size.rightPx < 40
    ? null
    : markup`<text class="${hurt ? 'said hurt' : 'said'}" x="${size.widthPx - size.rightPx + 12}" y="${yPx}">${fitted(text, size.rightPx - 10)}</text>`
}

/** The lane at its place. */
export const drawnRow = (row: LaneRow, topPx: number, scale: EpisodeScale): Markup => {
  const yPx = px(topPx + row.heightPx / 2 + 4)
  return markup`
<g>${nameAt(row, scale.size, yPx)}${row.bars(topPx, scale)}${wordsAt(row, scale, yPx)}</g>`
}
