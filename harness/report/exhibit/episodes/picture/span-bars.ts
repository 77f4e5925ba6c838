// Draws the spans of a lane as bars: waiting ones hatched, evicted ones end in a line, bad ones labelled.
import type { Span } from '../../../../timeline/lane-spans.ts'
import { markup } from '../../../write/page/markup.ts'
import type { Markup } from '../../../write/page/markup.ts'
import { stateWord } from '../state-words.ts'
import { fromTo } from '../../../write/time-words.ts'
import { px } from './scale.ts'
import type { EpisodeScale } from './scale.ts'
import { textPx } from './lane-row.ts'

/** Height of a bar in px. */
export const barPx = 15

const unsaid: ReadonlySet<string> = new Set(['ready', 'served', 'evicted', 'terminating', 'starting'])
const hatched: ReadonlySet<string> = new Set(['pending', 'unserved'])
/** For these states the label shows the value itself. */
const valued: ReadonlySet<string> = new Set(['current', 'stale'])
const ended: ReadonlySet<string> = new Set(['evicted', 'failed', 'succeeded'])

const title = ({ state, text, fromMs, toMs }: Span, { size }: EpisodeScale): Markup | null =>
  size.roomy ? markup`<title>${stateWord(state)}, ${fromTo(fromMs, toMs)}${text === '' ? null : `: ${text}`}</title>` : null

const shape = (span: Span, topPx: number, heightPx: number, scale: EpisodeScale): Markup => {
  const [fromPx, toPx] = [scale.x(span.fromMs), scale.x(span.toMs)]
  const widthPx = px(Math.max(1.5, toPx - fromPx))
  if (ended.has(span.state)) {
    const yPx = px(topPx + heightPx / 2)
    return markup`<path class="ended ${span.state}" d="M${fromPx} ${yPx}H${px(fromPx + widthPx)}">${title(span, scale)}</path>`
  }
  const fill = hatched.has(span.state) ? markup` fill="url(#${scale.hatch}-${span.state})"` : null
  return markup`<rect class="bar ${span.state}" x="${fromPx}" y="${px(topPx)}" width="${widthPx}" height="${px(heightPx)}"${fill}>${title(span, scale)}</rect>`
}

const word = (span: Span, topPx: number, heightPx: number, { x }: EpisodeScale): Markup | null => {
  const text = valued.has(span.state) ? span.text : stateWord(span.state)
  const roomPx = x(span.toMs) - x(span.fromMs) - 10
  return unsaid.has(span.state) || ended.has(span.state) || textPx(text) > roomPx
    ? null
    : markup`<text class="in ${span.state}" x="${px(x(span.fromMs) + 6)}" y="${px(topPx + heightPx / 2 + 4)}">${text}</text>`
}

/** One strand of spans. */
export const spanBars = (spans: readonly Span[], topPx: number, heightPx: number, scale: EpisodeScale): Markup =>
  markup`${spans.map((span) => shape(span, topPx, heightPx, scale))}${heightPx < 12 ? null : spans.map((span) => word(span, topPx, heightPx, scale))}`

/** Patterns for waiting states: lines to the right for a pod, to the left and closer for a Service without endpoints. */
export const hatches = (id: string): Markup => markup`
<defs><pattern id="${id}-pending" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="7" height="7"/><path class="pending" d="M1 0V7"/></pattern>
<pattern id="${id}-unserved" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="ground" width="5" height="5"/><path class="unserved" d="M1 0V5"/></pattern></defs>`
