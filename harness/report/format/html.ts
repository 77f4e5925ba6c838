// The report as pages that need nothing else: no request, no script, light and dark, on paper too.
import { readFileSync } from 'node:fs'
import type { Run, ScenarioRun } from '../../model/run.ts'
import { exhibitStyles } from '../exhibits.ts'
import type { Format, ReportFile } from '../formats.ts'
import { contents } from '../frame/contents.ts'
import { environment } from '../frame/environment.ts'
import { Markup, markup } from '../write/page/markup.ts'
import { indexMasthead, indexTitle, scenarioMasthead, scenarioTitle } from '../frame/masthead.ts'
import { overviewPage } from '../frame/overview-page.ts'
import { onlyScenario, pageName } from '../frame/pages.ts'
import { reproducePage } from '../frame/reproduce-page.ts'
import { scenarioArticle } from '../frame/scenario.ts'
import { timeSpent } from '../frame/time/page.ts'
import { printable } from '../write/printable.ts'

const index = 'report.html'

const ownStyles = ['page', 'table', 'figure'].map((name) => readFileSync(new URL(`${name}.css`, import.meta.url), 'utf8'))
const styles = [...ownStyles, ...exhibitStyles].join('\n')

interface Page {
  readonly title: string
  readonly masthead: Markup
  readonly body: Markup
  /** Where it leads back to; null: nowhere. */
  readonly back: string | null
}

const written = ({ title, masthead, body, back }: Page): string =>
  printable(
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${new Markup(styles)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<main id="content">
${masthead}${contents(body, back)}
${body}
</main>
</body>
</html>
`.text,
  )

const indexPage = (run: Run): Page => ({
  title: indexTitle(run),
  masthead: indexMasthead(run),
  body: markup`${overviewPage(run)}${timeSpent(run)}${reproducePage(run)}${environment(run)}`,
  back: null,
})

/** The page of a scenario of several; how to repeat it alone is on it. */
const scenarioPage = (run: Run, scenario: ScenarioRun): Page => {
  const alone = { ...run, scenarios: [scenario], skipped: [] }
  return {
    title: scenarioTitle(scenario),
    masthead: scenarioMasthead(run, scenario),
    body: markup`${scenarioArticle(scenario, run.seed)}${reproducePage(alone)}`,
    back: index,
  }
}

const wholePage = (run: Run, scenario: ScenarioRun): Page => ({
  title: scenarioTitle(scenario),
  masthead: scenarioMasthead(run, scenario),
  body: markup`${scenarioArticle(scenario, run.seed)}${timeSpent(run)}${reproducePage(run)}${environment(run)}`,
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

export const format: Format = { write: html }
