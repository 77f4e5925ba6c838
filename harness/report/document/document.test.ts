// The same elements as HTML and as Markdown.
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { markup } from '../write/page/markup.ts'
import { armPiece, aside, code } from './elements.ts'
import type { Element, Section } from './elements.ts'
import { elementHtml, sectionHtml } from './html.ts'
import { elementsMarkdown, sectionMarkdown } from './markdown.ts'

const section = (...elements: Element[]): Section => ({ id: 'own', title: 'Own', elements })
const fix = exampleRun().scenarios[0]?.arms.find(({ kind }) => kind === 'fix')
if (!fix) throw new Error('the example has a fix')

const table: Element = {
  element: 'table',
  caption: 'Arms',
  look: 'cards',
  first: 'arm',
  columns: [
    { label: 'latency p99', unit: 'ms', holds: 'numbers' },
    { label: 'costs', holds: 'words' },
  ],
  rows: [
    {
      id: 'arm-x',
      heading: armPiece(fix),
      cells: [
        [{ piece: 'value', value: 51.4, text: '51.4' }, aside('[50–60]'), aside('the same')],
        { list: ['a hop', 'a proxy'] },
      ],
    },
    { heading: 'A/A spread', cells: [null] },
  ],
}

test('a section without elements is left out of both', () => {
  expect([sectionHtml(section()), sectionMarkdown(section())]).toEqual([null, []])
})

test('a table says the same in both: the kind of an arm, small print, lists, and a dash where there is nothing', () => {
  const document = parseHTML(`<html><body>${elementHtml(table).text}</body></html>`).document
  const cells = [...document.querySelectorAll('#arm-x > *')].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())
  expect(cells).toEqual([`${fix.name}fix`, '51.4[50–60] the same', 'a hop a proxy'])
  expect(document.querySelector('data')?.getAttribute('value')).toBe('51.4')
  expect(document.querySelector('td')?.getAttribute('data-label')).toBe('latency p99, ms')
  expect(elementsMarkdown([table], 2)).toEqual([
    [
      '| arm | latency p99, ms | costs |',
      '| --- | ---: | --- |',
      String.raw`| **${fix.name}** (fix) | 51.4 \[50–60\] (the same) | a hop; a proxy |`,
      '| **A/A spread** | — | — |',
    ].join('\n'),
  ])
})

test('remarks on one piece share their brackets, and stay apart in HTML', () => {
  const line = [
    'fix',
    aside('+1 ms'),
    aside('a hop'),
    aside('a proxy'),
    ',',
    'other',
    aside('(1–2)'),
    aside('of all'),
    aside('[0–3]'),
  ]
  const element: Element = { element: 'lead', line }
  expect(elementsMarkdown([element], 2)).toEqual([String.raw`fix +1 ms (a hop; a proxy), other (1–2; of all) \[0–3\]`])
  expect(elementHtml(element).text).toMatch(/>a hop<.*>a proxy</)
})

test('a drawing is drawn in HTML, and told in words in Markdown', () => {
  const drawing: Element = { element: 'drawing', draw: () => markup`<svg></svg>`, words: [{ element: 'note', line: 'flat' }] }
  expect(elementHtml(drawing).text.trim()).toBe('<svg></svg>')
  const undrawn = { ...drawing, draw: () => expect.unreachable('a drawing costs most of a report, and Markdown shows none') }
  expect(elementsMarkdown([undrawn], 2)).toEqual(['flat'])
})

test('what comes from data is never markup, whatever piece it is in', () => {
  const hostile = '<img src=x> | `a` [b](c)\n# d'
  const elements: Element[] = [
    { element: 'lead', line: [hostile, code(hostile), aside(hostile), { piece: 'strong', text: hostile }] },
    { element: 'details', summary: hostile, elements: [{ element: 'code', text: hostile, language: 'text' }] },
    { element: 'list', items: [{ piece: 'link', to: `https://a.b/${hostile}`, text: hostile }] },
    { element: 'groups', look: 'proofs', groups: [{ heading: hostile, about: hostile, elements: [] }] },
  ]
  expect(elements.map((element) => elementHtml(element).text).join('')).not.toContain('<img')
  const outsideCode = elementsMarkdown(elements, 2)
    .join('\n\n')
    .replace(/^(`{3,})[^]*?\n\1$/gm, '')
    .replace(/(`+)[^]*?[^`]\1(?!`)/g, '')
  expect(outsideCode).not.toContain('<img')
  expect(outsideCode.split('\n').filter((line) => line.startsWith('# '))).toEqual([])
})

test('an address of another scheme than that of the web is no link', () => {
  const link = { element: 'lead', line: { piece: 'link', to: 'javascript:alert(1)', text: 'here' } } as const
  expect(elementHtml(link).text).not.toContain('href')
  expect(elementsMarkdown([link], 2)).toEqual(['here'])
})

test('the text of a continued line begins without a space', () => {
  expect(elementsMarkdown([{ element: 'lead', line: [{ piece: 'strong', text: 'l7-proxy' }, ': worse'] }], 2)).toEqual([
    '**l7-proxy**: worse',
  ])
})
