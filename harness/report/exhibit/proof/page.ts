// The proof lines of each arm, quoted as they were recorded.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { isEpisodic } from '../../facts/episode.ts'
import { proofLines } from './words.ts'
import { armName } from '../../write/page/arm-name.ts'
import { badge } from '../../write/page/badge.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const quotes = (arm: ArmRun): Markup =>
  arm.proof.length === 0
    ? markup`<p class="empty">No proof was recorded.</p>`
    : markup`<ul class="quotes">${proofLines(arm.proof).map(({ line, times }) => markup`<li><code>${line}</code>${times === 1 ? null : markup` <span class="when">in ${times} trials</span>`}</li>`)}</ul>`

/** Evidence by arm. */
export const proof = (scenario: ScenarioRun): Markup => markup`
<section aria-labelledby="${scenario.slug}-proof">
<h2 id="${scenario.slug}-proof">Proof</h2>
<p class="lead">What showed the fault, or its absence, ${isEpisodic(scenario) ? 'in every trial' : 'before its effect was measured'}.</p>
<div class="proofs">${scenario.arms.map(
  (arm) => markup`
<div class="proof"><h3>${armName(arm)} ${badge(arm.verdict)}</h3>${quotes(arm)}</div>`,
)}</div>
</section>`
