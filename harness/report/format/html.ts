// The report as one page that needs nothing else: no request, no script, light and dark, on paper too.
import type { Run } from '../../model/run.ts'
import { exhibitStyles } from '../exhibits.ts'
import type { Format } from '../formats.ts'
import { environment } from '../frame/environment.ts'
import { htmlDocument } from '../write/page/document.ts'
import { markup } from '../write/page/markup.ts'
import { masthead, pageTitle } from '../frame/masthead.ts'
import { scenarioArticle } from '../frame/scenario.ts'
import { timeSpent } from '../frame/time/page.ts'

/** The whole document. */
export const html = (run: Run): string =>
  htmlDocument(
    pageTitle(run),
    markup`${masthead(run)}
${run.scenarios.map((scenario) => scenarioArticle(scenario, run.seed, run.scenarios.length === 1))}
${timeSpent(run)}${environment(run)}`,
    exhibitStyles.join('\n'),
  )

export const format: Format = { file: 'report.html', write: html }
