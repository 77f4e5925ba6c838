// Colours YAML while the page is written, so that the page needs no script: keys, strings, comments, separators.
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const value = (text: string): Markup => {
  const [, before = '', comment = ''] = /^(.*?)(\s#.*)?$/s.exec(text) ?? []
  const tail = comment === '' ? null : markup`<i>${comment}</i>`
  const [, lead = '', string = ''] = /^(:?\s*)((["']).*\3\s*)$/.exec(before) ?? []
  return string === '' ? markup`${before}${tail}` : markup`${lead}<q>${string}</q>${tail}`
}

const line = (text: string): Markup => {
  if (/^\s*#/.test(text)) return markup`<i>${text}</i>`
  if (text.startsWith('---')) return markup`<i>${text}</i>`
  const [, indent = '', key = '', rest = ''] = /^(\s*(?:- )*)([^\s:#"'{[][^:#]*?)(:(?:\s.*)?)$/s.exec(text) ?? []
  return key === '' ? value(text) : markup`${indent}<b>${key}</b>${value(rest)}`
}

/** A block of YAML. */
export const yamlBlock = (yaml: string): Markup =>
  markup`<pre class="yaml" tabindex="0"><code>${yaml
    .trimEnd()
    .split('\n')
    .map((text) => [line(text), '\n'])}</code></pre>`
