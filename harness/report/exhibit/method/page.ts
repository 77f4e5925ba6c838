// How a scenario was measured and the rules its verdicts follow from, in words.
import type { ScenarioRun } from '../../../model/run.ts'
import { methodWords } from './words.ts'
import { expectationWords } from './rule-words.ts'
import { allNumbers } from './all-numbers.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { trials } from './trials.ts'

/** Terms with sentences, rules, and the full tables folded away. */
export const method = (scenario: ScenarioRun, seed: number): Markup => markup`
<section aria-labelledby="${scenario.slug}-method">
<h2 id="${scenario.slug}-method">Method</h2>
<dl class="terms">${methodWords(scenario, seed).map(([term, sentence]) => markup`<dt>${term}</dt><dd>${sentence}</dd>`)}</dl>
<h3>Rules</h3>
<p class="lead">A verdict is given when all its rules hold. Missing data is never a pass.</p>
<dl class="terms">${expectationWords(scenario).map(
  ({ verdict, rules }) => markup`<dt>${verdict}</dt><dd><ul>${rules.map((rule) => markup`<li>${rule}</li>`)}</ul></dd>`,
)}</dl>
${allNumbers(scenario)}${trials(scenario)}
</section>`
