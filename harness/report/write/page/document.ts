// A self-contained page: no request, no script, light and dark, printable.
import { readFileSync } from 'node:fs'
import { printable } from '../printable.ts'
import { Markup, markup } from './markup.ts'

const ownStyles = ['page', 'table', 'figure']
  .map((name) => readFileSync(new URL(`../../format/${name}.css`, import.meta.url), 'utf8'))
  .join('\n')

const stylesAlone = "default-src 'none'; style-src 'unsafe-inline'"

/** The whole document, as text; `styles`: styles of its parts, `policy`: the content security policy. */
export const htmlDocument = (title: string, body: Markup, styles = '', policy = stylesAlone): string =>
  printable(
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>${title}</title>
<style>
${new Markup([ownStyles, styles].filter(Boolean).join('\n'))}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<main id="content">
${body}
</main>
</body>
</html>
`.text,
  )
