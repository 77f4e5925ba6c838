// A trial on the page: which arm it is, how far it is, its rows, and at its end whether it counts.
import { makeTrial } from './trial.js'
import { armName, element, words } from './words.js'
/** @import { LiveEvent } from '../event.ts' */
/** @import { EventOf } from './words.js' */

/** @typedef {EventOf<'run-begins'>['scenarios'][number]} Scenario */
/** @typedef {ReturnType<typeof makeCard>} Card */

/** @param {EventOf<'trial-begins'>} begins @param {Scenario} scenario */
export const makeCard = (begins, scenario) => {
  const { slug, block, again } = begins
  const arm = scenario.arms.find(({ name }) => name === begins.arm) ?? { name: begins.arm, kind: 'variant', summary: '' }
  const clock = element('span', 'clock')
  const rows = element('div', 'lanes')
  const trial = makeTrial(begins, scenario.rateRps, rows)
  const kind = arm.name === arm.kind ? (words.kinds[arm.kind] ?? '') : `${arm.kind}: ${words.kinds[arm.kind] ?? ''}`
  const which = `${slug}, block ${block + 1}${again ? ', control again' : ''}`
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
    /** @param {LiveEvent} event */
    take(event) {
      nowMs = event.atMs
      if (event.type === 'second') trial.onSecond(event)
      else if (event.type === 'lane') trial.onLane(event)
      else if (event.type === 'action') trial.onAction(event)
      else if (event.type === 'event') trial.onEvent(event)
      else if (event.type === 'trial-ends') {
        this.isOver = true
        card.classList.add('over')
        const isValid = event.invalid.length === 0
        outcome.classList.toggle('invalid', !isValid)
        outcome.textContent = isValid
          ? `Over${event.ended === null ? '' : `: ${event.ended}`}. It counts.`
          : `✕ It does not count: ${event.invalid.join('; ')}`
      }
    },
    draw: () => {
      clock.textContent = trial.clock(nowMs, 0)
      trial.draw(begins.atMs, Math.max(begins.atMs + begins.lastsMs, nowMs, begins.atMs + 1000), nowMs)
    },
  }
}
