// The time below the rows of a trial: in an episode from the trigger, under steady load from its first second.
import { drawing, percent, share } from './marks.js'
import { element } from './words.js'

const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600]
const roomPx = 52

export const makeAxis = () => {
  const picture = drawing('svg', { class: 'plot episode', 'aria-hidden': 'true', width: '100%', height: 16 })
  return {
    element: element('div', 'axis', element('span', ''), picture),
    /** @param {number} zeroMs @param {number} fromMs @param {number} toMs */
    draw: (zeroMs, fromMs, toMs) => {
      const scale = { fromMs, toMs, nowMs: toMs, widthPx: picture.clientWidth }
      const pxPerSecond = (scale.widthPx / (toMs - fromMs)) * 1000
      const stepMs = 1000 * (steps.find((each) => each * pxPerSecond >= roomPx) ?? 1200)
      const first = Math.ceil((fromMs - zeroMs) / stepMs)
      const ticks = Array.from({ length: Math.max(0, Math.floor((toMs - zeroMs) / stepMs) - first + 1) }, (_, index) => {
        const ms = (first + index) * stepMs
        const at = { x: percent(share(zeroMs + ms, scale)), y: 12, 'text-anchor': 'middle' }
        return drawing('text', at, `${String(ms / 1000).replace('-', '−')}\u00a0s`)
      })
      picture.replaceChildren(...ticks)
    },
  }
}
