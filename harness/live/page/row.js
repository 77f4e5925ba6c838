// A row of a trial: its name, a picture that grows with time, and its current state.
import { drawing, drawn, percent, share } from './marks.js'
import { element } from './words.js'
/** @import { Mark, Scale } from './marks.js' */

/** A moment at which the lab did something. @typedef {{ readonly atMs: number, readonly look: string }} Rule */

/** This many strands have the height of a bar; more share it. */
const roomy = 6

/** @typedef {ReturnType<typeof makeRow>} Row */

/** Rows are ordered by rank. @param {string} name @param {string} detail @param {number} rank @param {number} barPx */
export const makeRow = (name, detail, rank, barPx) => {
  const picture = drawing('svg', { class: 'plot episode', 'aria-hidden': 'true', width: '100%' })
  const said = element('span', 'said')
  const label = element('span', 'lane-name', name, ...(detail === '' ? [] : [' ', element('span', 'soft', detail)]))
  return {
    rank,
    /** @type {Mark[]} */
    marks: [],
    element: element('div', 'lane', label, picture, said),
    /** The level at which a cell is strongest. */
    most: 1,
    strands: 1,
    /** @param {string} text @param {boolean} isHurt */
    say: (text, isHurt = false) => {
      said.textContent = text
      said.classList.toggle('hurt', isHurt)
    },
    /** Removes what ended before. @param {number} fromMs */
    forget(fromMs) {
      this.marks = this.marks.filter(({ toMs }) => toMs === null || toMs > fromMs)
    },
    /** @param {Omit<Scale, 'widthPx'>} times @param {readonly Rule[]} rules */
    draw(times, rules) {
      const scale = { ...times, widthPx: picture.clientWidth }
      const heightPx = Math.min(this.strands, roomy) * barPx
      const pitchPx = heightPx / this.strands
      const gapPx = this.strands > 1 && pitchPx >= 3 ? 1 : 0
      picture.setAttribute('height', String(heightPx))
      picture.replaceChildren(
        ...this.marks.flatMap((mark) => drawn(mark, (mark.strand ?? 0) * pitchPx, pitchPx - gapPx, this.most, scale)),
        ...rules.map(({ atMs, look }) => {
          const at = percent(share(atMs, scale))
          return drawing('line', { x1: at, x2: at, y1: -3, y2: heightPx + 3, class: `rule ${look}` })
        }),
      )
    },
  }
}
