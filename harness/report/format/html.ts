// The report as self-contained pages: no request, no script, light and dark, printable.
import type { Run, ScenarioRun } from '../../model/run.ts'
import { exhibitSections, exhibitStyles } from '../exhibits.ts'
import type { Format, ReportFile } from '../formats.ts'
import { contents } from '../frame/contents.ts'
import type { Section } from '../document/elements.ts'
import { sectionHtml } from '../document/html.ts'
import { answersSection } from '../frame/answers.ts'
import { environmentSection } from '../frame/environment.ts'
import { htmlDocument } from '../write/page/document.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { indexMasthead, indexTitle, scenarioMasthead, scenarioTitle } from '../frame/masthead.ts'
import { overviewSection } from '../frame/overview.ts'
import { onlyScenario, pageFiles, pageName } from '../frame/pages.ts'
import { reproduceSection } from '../frame/reproduce.ts'
import { surprisesSection } from '../frame/surprises.ts'
import { timeSection } from '../frame/time/section.ts'
import { verdictSection } from '../frame/verdicts.ts'

const index = 'report.html'

interface Page {
  readonly title: string
  readonly masthead: Markup
  readonly body: Markup
  /** File of the index; null: none. */
  readonly back: string | null
}

const written = ({ title, masthead, body, back }: Page): string =>
  htmlDocument(
    title,
    markup`${masthead}${contents(body, back)}
${body}`,
    exhibitStyles.join('\n'),
  )

const sections = (...all: readonly Section[]): Markup => markup`${all.map(sectionHtml)}`

/** Not printed. */
const onScreen = (...all: readonly Section[]): Markup => markup`<div class="on-screen">${sections(...all)}
</div>`

/** All that is below the title of a scenario's page. On paper it is a handout of one page: the evidence stays on the screen. */
const article = (scenario: ScenarioRun, run: Run): Markup => markup`
<article id="${scenario.slug}">${sections(
  surprisesSection({ ...run, scenarios: [scenario] }, false),
  answersSection(scenario, run),
  verdictSection(scenario),
)}
<p class="on-paper">Medians; their intervals, the method and the evidence are in the page that this was printed from.</p>
${onScreen(...exhibitSections(scenario, run))}
</article>`

const indexPage = (run: Run): Page => ({
  title: indexTitle(run),
  masthead: indexMasthead(run),
  body: sections(
    surprisesSection(run, true),
    overviewSection(run),
    timeSection(run),
    reproduceSection(run),
    environmentSection(run),
  ),
  back: null,
})

/** The page of one scenario of several, with the command that repeats it alone. */
const scenarioPage = (run: Run, scenario: ScenarioRun): Page => {
  const alone = { ...run, scenarios: [scenario], skipped: [] }
  return {
    title: scenarioTitle(scenario),
    masthead: scenarioMasthead(run, scenario),
    body: markup`${article(scenario, run)}${onScreen(reproduceSection(alone))}`,
    back: index,
  }
}

const wholePage = (run: Run, scenario: ScenarioRun): Page => ({
  title: scenarioTitle(scenario),
  masthead: scenarioMasthead(run, scenario),
  body: markup`${article(scenario, run)}${onScreen(timeSection(run), reproduceSection(run), environmentSection(run))}`,
  back: null,
})

/** The page of a run of one scenario, or the index of several and a page for each. */
export const html = (run: Run): ReportFile[] => {
  const scenario = onlyScenario(run)
  if (scenario !== null) return [{ file: index, text: written(wholePage(run, scenario)) }]
  return [
    { file: index, text: written(indexPage(run)) },
    ...run.scenarios.map((each) => ({ file: `${pageName(each)}.html`, text: written(scenarioPage(run, each)) })),
  ]
}

export const format: Format = { files: (scenarios) => [index, ...pageFiles(scenarios, 'html')], write: html }
