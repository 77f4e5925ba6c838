// The top of the page: the verdict as a headline, when and where, and a table of contents if there are several.
import type { Run, ScenarioRun } from '../../model/run.ts'
import { cutOffWords } from './environment-words.ts'
import { agreement, headline, subline } from './headline.ts'
import { elapsed, moment } from '../write/date.ts'
import { badge } from '../write/page/badge.ts'
import { skippedWords } from './skipped-words.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { skipped } from './skipped.ts'

const only = (run: Run): ScenarioRun | null => (run.scenarios.length === 1 ? (run.scenarios[0] ?? null) : null)

/** What the page is called in a tab and what its first heading says. */
export const pageTitle = (run: Run): string => {
  const scenario = only(run)
  if (scenario !== null) return headline(scenario)
  return run.scenarios.length === 0 ? 'Nothing was measured' : `${run.scenarios.length} incidents. ${agreement(run)}.`
}

const contents = (run: Run): Markup | null =>
  run.scenarios.length < 2
    ? null
    : markup`
<nav aria-label="Incidents of this run"><ol class="contents">${run.scenarios.map(
        (scenario) => markup`
<li><a href="#${scenario.slug}">${scenario.title}</a> ${badge(scenario.verdict)}<span class="deck">${agreement({ scenarios: [scenario] })}</span></li>`,
      )}</ol></nav>`

const facts = (run: Run): string[] => [
  ...(only(run) === null ? [] : [agreement(run)]),
  ...(skippedWords(run) === null ? [] : [skippedWords(run) ?? '']),
  moment(run.startedAt),
  ...(run.finishedAt === null ? [] : [`took ${elapsed(run.startedAt, run.finishedAt)}`]),
  `Kubernetes ${run.environment.kubernetes} on ${run.environment.provider}`,
  `${run.mode} run, seed ${run.seed}`,
]

const cutOff = (run: Run): Markup | null => {
  const words = cutOffWords(run)
  return words === null ? null : markup`<p class="banner"><span aria-hidden="true">✂ </span>${words}</p>`
}

/** A title of more characters is set smaller. */
const longTitle = 160

/** The header of the page. */
export const masthead = (run: Run): Markup => {
  const scenario = only(run)
  return markup`
<header class="masthead">
<p class="brand">Kubernetes incident lab</p>
${cutOff(run)}
${scenario === null ? null : markup`<p class="eyebrow">${scenario.title}</p>`}
<h1${pageTitle(run).length > longTitle ? markup` class="long"` : null}>${pageTitle(run)}</h1>
${scenario === null ? null : markup`<p class="deck">${subline(scenario)}</p>`}
<ul class="facts">${facts(run).map((fact) => markup`<li>${fact}</li>`)}</ul>
${contents(run)}
${skipped(run)}
</header>`
}
