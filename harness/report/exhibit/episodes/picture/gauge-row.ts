// The lane of a continuous measurement, such as disk usage: an area under its value.
import type { Trial } from '../../../../model/trial.ts'
import { quantity } from '../../../write/quantity.ts'
import { markup } from '../../../write/page/markup.ts'
import { px } from './scale.ts'
import type { LaneRow } from './lane-row.ts'

const heightPx = 32

/** The lane of a series; `startMs`: start of its times, from the trigger. */
export const gaugeRow = (name: string, { label, unit, points }: Trial['series'][string], startMs: number): LaneRow => ({
  name: label,
  detail: '',
  words: [`up to ${quantity(Math.max(0, ...points.map(([, value]) => value)), unit)}`],
  hurt: false,
  heightPx,
  gapPx: 10,
  bars: (topPx, scale) => {
    const most = scale.mostOf[name] ?? 1
    const bottomPx = topPx + heightPx
    const at = points.map(([ms, value]) => `${scale.x(startMs + ms)} ${px(bottomPx - (heightPx * value) / most)}`)
    const [first = 0, last = 0] = [points[0]?.[0], points.at(-1)?.[0]]
    return markup`<path class="gauge" d="M${scale.x(startMs + first)} ${bottomPx}L${at.join('L')}L${scale.x(startMs + last)} ${bottomPx}Z"/><path class="level" d="M${at.join('L')}"/>`
  },
})
