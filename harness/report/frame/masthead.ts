// The top of a page: the verdict as a headline, when and where.
import type { Run, ScenarioRun } from '../../model/run.ts'
import { cutOffWords } from './environment-words.ts'
import { agreement, headline, subline } from './headline.ts'
import { outcomeOf } from './overview.ts'
import { outcomeBadge } from './overview-page.ts'
import { onlyScenario } from './pages.ts'
import { sampleSize } from './sample-size.ts'
import { elapsed, moment } from '../write/date.ts'
import { skippedWords } from './skipped-words.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { brand, factList, heading } from '../write/page/top.ts'
import { skipped } from './skipped.ts'

/** What the index is called in a tab and what its first heading says. */
export const indexTitle = (run: Run): string =>
  run.scenarios.length === 0 ? 'Nothing was measured' : `${run.scenarios.length} incidents. ${agreement(run)}.`

/** The same of a scenario's page. */
export const scenarioTitle = (scenario: ScenarioRun): string => headline(scenario)

const facts = (run: Run): string[] => [
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

/** The header of the index. */
export const indexMasthead = (run: Run): Markup => markup`
<header class="masthead">
${brand}
${cutOff(run)}
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
${cutOff(run)}
<p class="eyebrow">${outcomeBadge(outcomeOf(scenario))} ${scenario.title}</p>
${heading(scenarioTitle(scenario))}
<p class="deck">${subline(scenario)}</p>
${factList([`${agreement({ scenarios: [scenario] })}; rests on ${sampleSize(scenario, run.mode)}`, ...facts(run)])}
${alone ? skipped(run) : null}
</header>`
}
