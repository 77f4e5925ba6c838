// The lane of the client: per second, answered calls upwards and failed ones downwards.
import { downs } from '../../../../timeline/client-calls.ts'
import type { CallSecond } from '../../../../timeline/client-calls.ts'
import type { Stretch } from '../../../../timeline/lane-spans.ts'
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import type { Episode } from '../../../facts/episode.ts'
import { isWell } from '../is-well.ts'
import { clientWords } from '../lane-words.ts'
import { lengthText } from '../../../write/time-words.ts'
import { px } from './scale.ts'
import type { EpisodeScale } from './scale.ts'
import { textPx } from './lane-row.ts'
import type { LaneRow } from './lane-row.ts'

const upPx = 20
const downPx = 22

type Height = (second: CallSecond) => number

/** A step line, one step per second, on the middle line; corners only where the height changes. */
const stairs = (seconds: readonly CallSecond[], middlePx: number, heightPx: Height, { x }: EpisodeScale): string => {
  const steps = seconds.filter((second, index) => index === 0 || heightPx(second) !== heightPx(seconds[index - 1] ?? second))
  const corners = steps.map((second) => `H${x(second.fromMs)}V${px(middlePx - heightPx(second))}`)
  return `M${x(seconds[0]?.fromMs ?? 0)} ${px(middlePx)}${corners.join('')}H${x(seconds.at(-1)?.toMs ?? 0)}V${px(middlePx)}Z`
}

const downText = ({ fromMs, toMs }: Stretch, middlePx: number, { x }: EpisodeScale): Markup | null => {
  const text = `down for ${lengthText(toMs - fromMs)}`
  return textPx(text) > x(toMs) - x(fromMs) - 8
    ? null
    : markup`<text class="in failing" x="${px(x(fromMs) + 6)}" y="${px(middlePx + 15)}">${text}</text>`
}

/** The lane; it ends where the episode does. */
export const clientRow = (seconds: readonly CallSecond[], episode: Episode): LaneRow => {
  const endMs = episode.timeline.toMs
  const shown = seconds
    .filter(({ fromMs }) => fromMs < endMs)
    .map((second) => ({ ...second, toMs: Math.min(endMs, second.toMs) }))
  return {
    name: 'client',
    detail: '',
    words: [clientWords(shown)],
    hurt: !isWell(episode) && downs(shown).length > 0,
    heightPx: upPx + downPx,
    gapPx: 0,
    bars: (topPx, scale) => {
      const middlePx = topPx + upPx
      const height =
        (of: (second: CallSecond) => number, mostPx: number): Height =>
        (second) =>
          px(mostPx * Math.min(1, of(second) / scale.callsPerSecond))
      return markup`<path class="answered" d="${stairs(
        shown,
        middlePx,
        height(({ answered }) => answered, upPx),
        scale,
      )}"/><path class="failing" d="${stairs(
        shown,
        middlePx,
        height(({ failed }) => failed, -downPx),
        scale,
      )}"/><path class="base" d="M${scale.x(shown[0]?.fromMs ?? 0)} ${middlePx}H${scale.x(endMs)}"/>${downs(shown).map((down) => downText(down, middlePx, scale))}`
    },
  }
}
