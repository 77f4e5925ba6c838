// A trial on the page: its arm, its progress, its rows, and at its end whether it is valid.
import { makeTrial } from './trial.js'
import { armName, element, words } from './words.js'
/** @import { LiveEvent } from '../../events/event.ts' */
/** @import { EventOf } from './words.js' */

/** @typedef {EventOf<'run-begins'>['scenarios'][number]} Scenario */
/** @typedef {ReturnType<typeof makeCard>} Card */

/** Visible time span of an activity without a fixed end. */
const rollsAfterMs = 180_000

/** @param {EventOf<'trial-begins'>} begins @param {Scenario} scenario */
export const makeCard = (begins, scenario) => {
  const { slug, block, replica } = begins
  const arm = scenario.arms.find(({ name }) => name === begins.arm) ?? { name: begins.arm, kind: 'variant', summary: '' }
  const clock = element('span', 'clock')
  const rows = element('div', 'lanes')
  const trial = makeTrial(begins, rows)
  const means = words.kinds[arm.kind] ?? ''
  const kind = begins.lastsMs === null ? '' : arm.name === arm.kind ? means : `${arm.kind}: ${means}`
  const which = begins.lastsMs === null ? slug : `${slug}, block ${block + 1}${replica > 0 ? `, control ${replica + 1}` : ''}`
  const outcome = element('p', 'note')
  const heading = element('h3', '', armName(arm), element('span', 'kind', kind), clock)
  const about = [element('p', 'summary', arm.summary), element('p', 'note', which)]
  const card = element('article', 'card', heading, ...about, rows, trial.story, outcome)
  card.dataset['trial'] = begins.trial
  let nowMs = begins.atMs
  return {
    begins,
    isIncident: arm.kind === 'incident',
    isOver: false,
    element: card,
    /** @param {number} atMs */
    tick: (atMs) => {
      nowMs = Math.max(nowMs, atMs)
    },
    /** @param {LiveEvent} event */
    take(event) {
      this.tick(event.atMs)
      if (event.type === 'second') trial.onSecond(event)
      else if (event.type === 'lane') trial.onLane(event)
      else if (event.type === 'action') trial.onAction(event)
      else if (event.type === 'event') trial.onEvent(event)
      else if (event.type === 'trial-ends') {
        this.isOver = true
        card.classList.add('over')
        if (begins.lastsMs === null) return
        const isValid = event.invalid.length === 0
        outcome.classList.toggle('invalid', !isValid)
        outcome.textContent = isValid
          ? `Over${event.ended === null ? '' : `: ${event.ended}`}. It counts.`
          : `✕ Invalid: ${event.invalid.join('; ')}`
      }
    },
    draw() {
      clock.textContent = trial.clock(nowMs, 0)
      const lastsMs = this.isOver ? 0 : (begins.lastsMs ?? rollsAfterMs)
      const toMs = Math.max(begins.atMs + Math.max(lastsMs, 1000), nowMs)
      trial.draw(begins.lastsMs === null ? toMs - rollsAfterMs : begins.atMs, toMs, nowMs)
    },
  }
}
