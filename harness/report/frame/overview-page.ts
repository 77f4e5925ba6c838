// The run at a glance, on the index page: a row for each scenario, then what is not as expected, and why.
import type { Run } from '../../model/run.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { outcomes, overview, overviewHeadings } from './overview.ts'
import type { Outcome, Row } from './overview.ts'
import { pageName } from './pages.ts'
import { surprisesOf, surpriseWords } from './surprise-words.ts'

/** The badge of an outcome. */
export const outcomeBadge = (outcome: Outcome): Markup =>
  markup`<span class="badge ${outcome}"><span class="symbol" aria-hidden="true">${outcomes[outcome].symbol}</span>${outcomes[outcome].word}</span>`

const scenarioCell = ({ scenario, slug }: Row): Markup =>
  scenario === null
    ? markup`<th role="rowheader" scope="row" class="scenario">${slug}</th>`
    : markup`<th role="rowheader" scope="row" class="scenario"><a href="${pageName(scenario)}.html">${scenario.title}</a><span class="slug">${slug}</span></th>`

const [, , broke, fixes, helpsNot, rests] = overviewHeadings

const row = (each: Row): Markup => markup`
<tr role="row"><td role="cell">${outcomeBadge(each.outcome)}</td>${scenarioCell(each)}
<td role="cell" class="broke" data-label="${broke}">${each.broke}</td><td role="cell" data-label="${fixes}">${each.fixes}</td>
<td role="cell" data-label="${helpsNot}">${each.helpsNot}</td><td role="cell" class="rests" data-label="${rests}">${each.sampleSize}</td></tr>`

const surprises = (run: Run): Markup | null => {
  const found = surprisesOf(run)
  return found.length === 0
    ? null
    : markup`
<h3>Not as expected</h3>
<ul class="surprises">${found.map(
        ({ slug, arm }) => markup`
<li${arm.verdict === 'inconclusive' ? markup` class="open"` : null}><a href="${pageName({ slug })}.html#arm-${arm.name}">${slug}, ${arm.name}</a>: ${surpriseWords(arm)}</li>`,
      )}</ul>`
}

/** The section. */
export const overviewPage = (run: Run): Markup => markup`
<section aria-labelledby="scenarios">
<h2 id="scenarios" class="unseen">Scenarios</h2>
<table role="table" class="overview">
<caption class="unseen">Each scenario: whether it passed, what broke and what fixes it</caption>
<thead role="rowgroup"><tr role="row">${overviewHeadings.map((heading) => markup`<th role="columnheader" scope="col">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${overview(run).map(row)}</tbody>
</table>${surprises(run)}
</section>`
