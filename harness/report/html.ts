// The report as one page that needs nothing else: no request, no script, light and dark, on paper too.
import { readFileSync } from 'node:fs'
import type { Run } from '../model/run.ts'
import { environment } from './page/environment.ts'
import { Markup, markup } from './page/markup.ts'
import { masthead, pageTitle } from './page/masthead.ts'
import { scenarioArticle } from './page/scenario.ts'
import { timeSpent } from './page/time-spent.ts'
import { printable } from './words/printable.ts'

const styles = ['page', 'table', 'figure', 'episode']
  .map((name) => readFileSync(new URL(`page/${name}.css`, import.meta.url), 'utf8'))
  .join('\n')

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
