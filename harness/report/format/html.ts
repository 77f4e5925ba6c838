// The report as one page that needs nothing else: no request, no script, light and dark, on paper too.
import { readFileSync } from 'node:fs'
import type { Run } from '../../model/run.ts'
import { exhibitStyles } from '../exhibits.ts'
import type { Format } from '../formats.ts'
import { environment } from '../frame/environment.ts'
import { Markup, markup } from '../write/page/markup.ts'
import { masthead, pageTitle } from '../frame/masthead.ts'
import { scenarioArticle } from '../frame/scenario.ts'
import { timeSpent } from '../frame/time/page.ts'
import { printable } from '../write/printable.ts'

const ownStyles = ['page', 'table', 'figure'].map((name) => readFileSync(new URL(`${name}.css`, import.meta.url), 'utf8'))
const styles = [...ownStyles, ...exhibitStyles].join('\n')

/** The whole document. */
export const html = (run: Run): string =>
  printable(
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${pageTitle(run)}</title>
<style>
${new Markup(styles)}</style>
</head>
<body>
<main>
${masthead(run)}
${run.scenarios.map((scenario) => scenarioArticle(scenario, run.seed, run.scenarios.length === 1))}
${timeSpent(run)}${environment(run)}
</main>
</body>
</html>
`.text,
  )

export const format: Format = { file: 'report.html', write: html }
