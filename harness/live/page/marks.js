// Draws a row: a cell for each second, a bar for each state; bars look as in the report's picture of an episode.
import { stateWord } from './words.js'

/**
 * A time span, to now if `toMs` is null. A cell has a level, shown strongest for the maximum of its row; a bar has none.
 * Strands are stacked. `order` numbers an eviction.
 * @typedef {object} Mark
 * @property {number} fromMs
 * @property {number | null} toMs
 * @property {string} look
 * @property {number} [level]
 * @property {number} [strand]
 * @property {string} [text]
 * @property {number} [order]
 */

/** @typedef {{ readonly fromMs: number, readonly toMs: number, readonly nowMs: number, readonly widthPx: number }} Scale */

/** @param {string} tag @param {Readonly<Record<string, string | number>>} attributes @param {string} text */
export const drawing = (tag, attributes, text = '') => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.textContent = text
  return made
}

/** @param {number} ms @param {Scale} scale */
export const share = (ms, { fromMs, toMs }) => Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)))

/** @param {number} part */
export const percent = (part) => `${(part * 100).toFixed(2)}%`

const unsaid = new Set(['ready', 'served', 'terminating', 'starting'])
const hatched = new Set(['pending', 'unserved'])
const valued = new Set(['current', 'stale'])
const ended = new Set(['evicted', 'failed', 'succeeded'])

/** @param {Mark} mark @param {number} topPx @param {number} heightPx @param {number} most @param {Scale} scale @returns {SVGElement[]} */
export const drawn = (mark, topPx, heightPx, most, scale) => {
  const { look, level, order, text = '' } = mark
  const from = share(mark.fromMs, scale)
  const width = share(mark.toMs ?? scale.nowMs, scale) - from
  const widthPx = width * scale.widthPx
  const place = { x: percent(from), y: topPx, width: percent(width), height: heightPx }
  const middlePx = topPx + heightPx / 2
  if (level !== undefined)
    return [
      drawing('rect', {
        ...place,
        class: `cell ${look}`,
        'fill-opacity': level > 0 ? (0.2 + 0.8 * Math.min(1, level / most)).toFixed(3) : 0,
        'stroke-width': widthPx > 5 && level > 0 ? 1 : 0,
      }),
    ]
  if (ended.has(look)) {
    const at = { x1: percent(from), x2: percent(from + width), y1: middlePx, y2: middlePx }
    return [drawing('line', { ...at, class: `ended ${look}` }), ...(order === undefined ? [] : disc(order, from, middlePx))]
  }
  const fill = hatched.has(look) ? { fill: `url(#live-${look})` } : {}
  const word = valued.has(look) ? text : stateWord(look)
  const fits = heightPx >= 12 && word.length * 6.7 < widthPx - 10
  return [
    drawing('rect', { ...place, class: `bar ${look}`, ...fill }),
    ...(fits && !unsaid.has(look)
      ? [drawing('text', { x: percent(from), dx: 6, y: middlePx + 4, class: `in ${look}` }, word)]
      : []),
  ]
}

/** @param {number} order @param {number} at @param {number} middlePx */
const disc = (order, at, middlePx) => [
  drawing('circle', { cx: percent(at), cy: middlePx, r: 8.5, class: 'mark evicted' }),
  drawing('text', { x: percent(at), y: middlePx + 4, class: 'number', 'text-anchor': 'middle' }, String(order)),
]
