// The top of a page: the verdict as a headline, when and where.
import type { Run, ScenarioRun } from '../../model/run.ts'
import { cutOffWords } from './cut-off.ts'
import { agreement, opening } from './headline.ts'
import { elementHtml, lineHtml } from '../document/html.ts'
import { outcomeBadge, outcomeOf } from './overview.ts'
import { onlyScenario } from './pages.ts'
import { elapsed, moment } from '../write/date.ts'
import { skippedElements, skippedWords } from './skipped.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { brand, factList, heading } from '../write/page/top.ts'

/** Title of the index, in the tab and as first heading. */
export const indexTitle = (run: Run): string =>
  run.scenarios.length === 0 ? 'Nothing was measured' : `${run.scenarios.length} incidents. ${agreement(run)}.`

/** Tab title of a scenario's page. */
export const scenarioTitle = (scenario: ScenarioRun): string => `${scenario.slug}: ${opening(scenario)}`

const facts = (run: Run): string[] => [
  ...(skippedWords(run) === null ? [] : [skippedWords(run) ?? '']),
  moment(run.startedAt),
  ...(run.finishedAt === null ? [] : [`measured in ${elapsed(run.startedAt, run.finishedAt)}`]),
  `Kubernetes ${run.environment.kubernetes} on ${run.environment.provider}`,
  `${run.mode} run, seed ${run.seed}`,
]

const cutOff = (run: Run): Markup | null => {
  const words = cutOffWords(run)
  return words === null ? null : markup`<p class="banner"><span aria-hidden="true">✂ </span>${words}</p>`
}

const busy = ({ busy: found }: Run): Markup | null => (found ? markup`<p class="banner">${found.sentence}</p>` : null)

const skipped = (run: Run): Markup | null =>
  run.skipped.length === 0 ? null : markup`<div class="banner skipped">${skippedElements(run).map(elementHtml)}</div>`

/** The header of the index. */
export const indexMasthead = (run: Run): Markup => markup`
<header class="masthead">
${brand}
${cutOff(run)}${busy(run)}
${heading(indexTitle(run))}
${factList(facts(run))}
${skipped(run)}
</header>`

/** The header of a scenario's page. */
export const scenarioMasthead = (run: Run, scenario: ScenarioRun): Markup => {
  const alone = onlyScenario(run) !== null
  return markup`
<header class="masthead">
${brand}
${cutOff(run)}${alone ? busy(run) : null}
<p class="eyebrow">${lineHtml([outcomeBadge(outcomeOf(scenario)), scenario.title])}</p>
${heading(opening(scenario))}
${factList(facts(run))}
${alone ? skipped(run) : null}
</header>`
}
