// Elements as HTML.
import { kindOf } from '../../model/arm-kind.ts'
import type { ArmRun } from '../../model/run.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { armOf, clings, isAddress, labelOf, piecesOf } from './elements.ts'
import type { Element, Cell, Column, Group, Line, Piece, Row, Section, Table } from './elements.ts'

/** A section with its heading; nothing without elements. */
export const sectionHtml = ({ id, title, isWide = false, elements }: Section): Markup | null =>
  elements.length === 0
    ? null
    : markup`
<section${isWide ? markup` class="wide"` : null} aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>${elements.map(elementHtml)}
</section>`

export const elementHtml = (element: Element): Markup => {
  switch (element.element) {
    case 'lead':
    case 'note':
      return markup`
<p class="${element.element}">${lineHtml(element.line)}</p>`
    case 'paragraph':
      return markup`
<p>${lineHtml(element.line)}</p>`
    case 'heading':
      return markup`
<h3>${element.text}</h3>`
    case 'list':
      return listHtml(element.items, element.look, element.ordered)
    case 'terms':
      return markup`
<dl class="terms">${element.terms.map(([term, ...lines]) => markup`<dt>${lineHtml(term)}</dt>${lines.map((line) => markup`<dd>${lineHtml(line)}</dd>`)}`)}</dl>`
    case 'table':
      return tables[element.look](element)
    case 'code':
      return codeHtml(element.text, element.language)
    case 'details':
      return markup`
<details${classOf(element.look)}><summary>${lineHtml(element.summary)}</summary>${element.elements.map(elementHtml)}</details>`
    case 'groups':
      return groupsHtml(element.look, element.groups)
    default:
      return markup`
${element.draw()}`
  }
}

const classOf = (name: string | undefined): Markup | null => (name === undefined ? null : markup` class="${name}"`)

/** `small`: the class of an aside. */
const pieceHtml = (piece: Piece, small: 'range' | 'when'): Markup => {
  if (typeof piece === 'string') return markup`${piece}`
  switch (piece.piece) {
    case 'code':
      return markup`<code>${piece.text}</code>`
    case 'strong':
      return markup`<strong>${piece.text}</strong>`
    case 'quote':
      return markup`<q>${piece.text}</q>`
    case 'file':
    case 'answer':
      return markup`<span class="${piece.piece}">${piece.text}</span>`
    case 'time':
      return markup`<span class="at">${piece.text}</span>`
    case 'aside':
      return markup`<span class="${small}">${piece.text}</span>`
    case 'value':
      return markup`<data value="${piece.value}">${piece.text}</data>`
    case 'link':
      if (!isAddress(piece.to)) return markup`${piece.text}`
      return markup`<a href="${piece.to}"${/^https?:/.test(piece.to) ? markup` rel="noreferrer"` : null}>${piece.text}</a>`
    case 'arm':
      return markup`<span class="arm-name ${piece.arm.kind}">${piece.arm.name}</span>`
    case 'page':
      return markup`<a href="${piece.page}.html${piece.row === undefined ? null : markup`#${piece.row}`}">${piece.text}</a>`
    case 'surprise':
      return markup`<span class="surprise"><span aria-hidden="true">≠</span> ${piece.text}</span>`
    default:
      return markup`<span class="badge ${piece.look}"><span class="symbol" aria-hidden="true">${piece.symbol}</span>${piece.word}</span>`
  }
}

const spaced = (pieces: readonly Piece[], small: 'range' | 'when'): Markup[] =>
  pieces.map((piece, index) => markup`${index === 0 || clings(piece) ? null : ' '}${pieceHtml(piece, small)}`)

export const lineHtml = (line: Line): Markup => markup`${spaced(piecesOf(line), 'when')}`

/** A line that begins with a time has two columns. */
const itemHtml = (line: Line): Markup => {
  const [first, ...rest] = piecesOf(line)
  return typeof first === 'object' && first.piece === 'time'
    ? markup`
<li>${lineHtml(first)}<span>${lineHtml(rest)}</span></li>`
    : markup`
<li>${lineHtml(line)}</li>`
}

const listHtml = (items: readonly Line[], look: string | undefined, ordered = false): Markup =>
  ordered
    ? markup`
<ol${classOf(look)}>${items.map(itemHtml)}</ol>`
    : markup`
<ul${classOf(look)}>${items.map(itemHtml)}</ul>`

const headHtml = ({ label, unit, holds }: Column, isCard: boolean): Markup =>
  markup`<th${isCard ? markup` role="columnheader"` : null} scope="col"${holds === 'numbers' ? markup` class="number"` : null}>${label}${
    unit === undefined ? null : markup`, <span class="unit">${unit}</span>`
  }</th>`

const classes = { numbers: 'number', words: 'reason', verdicts: 'verdict' } as const

/** Asides of a number go below it, in one element. */
const numberHtml = (line: Line): Markup => {
  const [first = '', ...rest] = piecesOf(line)
  return markup`${pieceHtml(first, 'range')}${rest.length === 0 ? null : markup`<span class="below">${spaced(rest, 'range')}</span>`}`
}

const cellHtml = (cell: Cell, { holds }: Column): Markup => {
  if (cell === null) return markup`<span class="none" title="not measured">—</span>`
  if (typeof cell === 'object' && 'list' in cell) return listHtml(cell.list, undefined)
  return holds === 'numbers' ? numberHtml(cell) : markup`${spaced(piecesOf(cell), 'range')}`
}

/** The name of an arm, and its kind if the name does not say it. */
const armCell = (arm: ArmRun): Markup =>
  markup`${pieceHtml({ piece: 'arm', arm }, 'when')}${
    arm.name === arm.kind ? null : markup`<span class="kind" title="${kindOf(arm.kind).means}">${arm.kind}</span>`
  }`

const rowHeading = (line: Line): Markup => {
  const arm = armOf(line)
  return arm === undefined ? lineHtml(line) : markup`${armCell(arm)}${lineHtml(piecesOf(line).slice(1))}`
}

const cards = ({ caption, about = '', first, columns, rows, foot = [] }: Table): Markup => {
  const row = ({ id, heading, cells }: Row): Markup => markup`
<tr role="row" class="arm-row"${id === undefined ? null : markup` id="${id}"`}><th role="rowheader" scope="row" class="arm">${rowHeading(heading)}</th>${columns.map(
    (column, index) =>
      markup`<td role="cell" class="${classes[column.holds]}"${
        column.holds === 'numbers' ? markup` data-label="${labelOf(column)}"` : null
      }>${cellHtml(cells[index] ?? null, column)}</td>`,
  )}</tr>`
  return markup`
<table role="table" class="verdicts ${about}">
<caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${first}</th>${columns.map((column) => headHtml(column, true))}</tr></thead>
<tbody role="rowgroup">${rows.map(row)}</tbody>${foot.length === 0 ? null : markup`<tfoot role="rowgroup">${foot.map(row)}</tfoot>`}
</table>`
}

const grid = ({ caption, first, columns, rows, foot = [] }: Table): Markup => {
  const row = ({ heading, cells }: Row): Markup => markup`
<tr><th scope="row">${lineHtml(heading)}</th>${columns.map(
    (column, index) =>
      markup`<td${column.holds === 'numbers' ? markup` class="number"` : null}>${cellHtml(cells[index] ?? null, column)}</td>`,
  )}</tr>`
  return markup`
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="grid">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">${first}</th>${columns.map((column) => headHtml(column, false))}</tr></thead>
<tbody>${[...rows, ...foot].map(row)}</tbody>
</table></div>`
}

const overview = ({ caption, first, columns, rows }: Table): Markup => {
  const row = ({ heading, cells }: Row): Markup => markup`
<tr role="row"><th role="rowheader" scope="row" class="scenario">${lineHtml(heading)}</th>${columns.map(
    (column, index) =>
      markup`<td role="cell" class="${classes[column.holds]}" data-label="${column.label}">${cellHtml(cells[index] ?? null, column)}</td>`,
  )}</tr>`
  return markup`
<table role="table" class="overview">
<caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${first}</th>${columns.map((column) => headHtml(column, true))}</tr></thead>
<tbody role="rowgroup">${rows.map(row)}</tbody>
</table>`
}

const tables = { cards, grid, overview } as const

/** Groups with a drawing are figures. */
const tags = { rows: 'figure', panels: 'figure', tiles: 'figure', proofs: 'div', answers: 'div' } as const

const groupsHtml = (look: keyof typeof tags, groups: readonly Group[]): Markup => {
  const group = ({ heading, about, elements }: Group): Markup => {
    const words = about === undefined ? null : markup`<p>${lineHtml(about)}</p>`
    const one = look.slice(0, -1)
    return tags[look] === 'div'
      ? markup`
<div class="${one}"><h3>${lineHtml(heading)}</h3>${words}${elements.map(elementHtml)}</div>`
      : markup`
<figure class="${one}"><figcaption><h3>${lineHtml(heading)}</h3>${words}</figcaption>${elements.map(elementHtml)}</figure>`
  }
  return markup`
<div class="${look}">${groups.map(group)}</div>`
}

const codeHtml = (text: string, language: string): Markup => {
  if (language === 'sh')
    return markup`
<pre class="command"><code>${text}</code></pre>`
  return markup`
<pre class="yaml" tabindex="0"><code>${text
    .trimEnd()
    .split('\n')
    .map((line) => [yamlLine(line), '\n'])}</code></pre>`
}

/** Highlights YAML when the page is written, so that the page needs no script: keys, strings, comments, separators. */
const yamlLine = (text: string): Markup => {
  if (/^\s*#/.test(text) || text.startsWith('---')) return markup`<i>${text}</i>`
  const [, indent = '', key = '', rest = ''] = /^(\s*(?:- )*)([^\s:#"'{[][^:#]*?)(:(?:\s.*)?)$/s.exec(text) ?? []
  return key === '' ? yamlValue(text) : markup`${indent}<b>${key}</b>${yamlValue(rest)}`
}

const yamlValue = (text: string): Markup => {
  const [, before = '', comment = ''] = /^(.*?)(\s#.*)?$/s.exec(text) ?? []
  const tail = comment === '' ? null : markup`<i>${comment}</i>`
  const [, start = '', string = ''] = /^(:?\s*)((["']).*\3\s*)$/.exec(before) ?? []
  return string === '' ? markup`${before}${tail}` : markup`${start}<q>${string}</q>${tail}`
}
