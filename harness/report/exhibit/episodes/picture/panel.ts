// Draws one episode: stacked lanes on a time axis from the trigger.
import type { Episode } from '../../../facts/episode.ts'
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import { actionRules, actionsPx, timeAxis } from './axis.ts'
import { episodeRows } from './rows.ts'
import { episodeScale, px } from './scale.ts'
import type { EpisodeSize, SharedScale } from './scale.ts'
import { drawnRow } from './lane-row.ts'
import type { LaneRow } from './lane-row.ts'
import type { Described } from '../../../write/page/plot-svg.ts'
import { isWell } from '../is-well.ts'
import { hatches } from './span-bars.ts'

const axisPx = 22

/** Each lane with its top, below the words of the actions. */
const stacked = (rows: readonly LaneRow[], fromPx: number): { readonly row: LaneRow; readonly topPx: number }[] => {
  let belowPx = fromPx
  return rows.map((row) => {
    const topPx = belowPx + row.gapPx
    belowPx = topPx + row.heightPx
    return { row, topPx }
  })
}

/** The lanes in words, for screen readers. */
export const episodeDescription = (episode: Episode): string =>
  episodeRows(episode)
    .filter(({ words }) => words.length > 0)
    .map(({ name, detail, words }) => `${`${name} ${detail}`.trim()}: ${words.join(', ')}.`)
    .join(' ')

/** The panel of one arm. */
export const episodePanel = (described: Described, episode: Episode, shared: SharedScale, size: EpisodeSize): Markup => {
  const { timeline } = episode
  const scale = episodeScale(shared, size, described.id)
  const topPx = actionsPx(timeline, scale)
  const rows = stacked(episodeRows(episode), topPx + 4)
  const last = rows.at(-1)
  const bottomPx = px((last === undefined ? topPx : last.topPx + last.row.heightPx) + 8)
  return markup`
<svg class="plot episode ${isWell(episode) ? 'well ' : ''}${described.className}" viewBox="0 0 ${size.widthPx} ${px(bottomPx + axisPx)}" width="${size.widthPx}" height="${px(bottomPx + axisPx)}" role="img" aria-labelledby="${described.id}-title ${described.id}-desc">
<title id="${described.id}-title">${described.title}</title><desc id="${described.id}-desc">${described.description}</desc>${hatches(scale.hatch)}
${timeAxis(timeline, scale, topPx, bottomPx)}
${rows.map(({ row, topPx: atPx }) => drawnRow(row, atPx, scale))}
${actionRules(timeline, scale, bottomPx)}
</svg>`
}
