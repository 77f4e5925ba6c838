// Where the time of a run went, beside what windows and timers take at least.
import type { Run } from '../../../model/run.ts'
import { timeSpent as spentBy } from './facts.ts'
import type { Part, ScenarioTime, TimeSpent } from './facts.ts'
import { minutes } from '../../write/date.ts'
import { floorWords, nodesLead, partWords, scenariosLead, timeHeadings, timeLead, trialsWord } from './words.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const time = (seconds: number): Markup => markup`<td class="number"><data value="${seconds}">${minutes(seconds)}</data></td>`

const floor = (spent: Part | ScenarioTime): Markup =>
  spent.floorSeconds === null
    ? markup`<td class="number"><span class="none">${floorWords(spent)}</span></td>`
    : time(spent.floorSeconds)

const grid = (caption: string, heading: Markup, rows: readonly Markup[]): Markup => markup`
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="grid">
<caption class="unseen">${caption}</caption>
<thead><tr>${heading}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`

const partTable = (caption: string, parts: readonly Part[], nodes: number): Markup =>
  grid(
    caption,
    markup`<th scope="col">phase</th><th scope="col" class="number">min:s</th><th scope="col" class="number">floor</th>`,
    parts.map(
      (part) => markup`
<tr><th scope="row">${partWords(part, nodes)}</th>${time(part.seconds)}${floor(part)}</tr>`,
    ),
  )

const ofNodes = (spent: TimeSpent): Markup | null =>
  spent.nodeParts.length === 0
    ? null
    : markup`
<h3>${timeHeadings.nodes}</h3>
<p class="lead">${nodesLead(spent)}</p>${partTable('Time of the nodes that played episodes', spent.nodeParts, spent.nodes)}`

const scenarioRow = (scenario: ScenarioTime): Markup => markup`
<tr><th scope="row">${scenario.slug}</th><td>${trialsWord(scenario)}</td>${time(scenario.seconds)}${floor(scenario)}${time(scenario.wallSeconds)}</tr>`

const ofScenarios = ({ scenarios }: TimeSpent): Markup | null =>
  scenarios.length === 0
    ? null
    : markup`
<h3>${timeHeadings.scenarios}</h3>
<p class="lead">${scenariosLead}</p>${grid(
        'Time of each scenario',
        markup`<th scope="col">scenario</th><th scope="col">trials</th><th scope="col" class="number">min:s</th><th scope="col" class="number">floor</th><th scope="col" class="number">first to last</th>`,
        scenarios.map(scenarioRow),
      )}`

/** The section; null where phases were not recorded. */
export const timeSpent = (run: Run): Markup | null => {
  const spent = spentBy(run)
  if (spent === null) return null
  return markup`
<section aria-labelledby="time-spent">
<h2 id="time-spent">${timeHeadings.run}</h2>
<p class="lead">${timeLead(spent, run)}</p>${partTable('Time of the run', spent.parts, spent.nodes)}${ofNodes(spent)}${ofScenarios(spent)}
</section>`
}
