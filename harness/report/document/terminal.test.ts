// Elements in a terminal: as wide as it is, without what it cannot show.
import { expect, test } from 'vitest'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { markup } from '../write/page/markup.ts'
import { armPiece, aside, code, verdictBadge, wordTable } from './elements.ts'
import type { Element } from './elements.ts'
import { elementsText, sectionsText } from './terminal.ts'

const fix = exampleRun().scenarios[0]?.arms.find(({ kind }) => kind === 'fix')
if (!fix) throw new Error('the example has a fix')

const numbers: Element = {
  element: 'table',
  caption: 'Arms',
  look: 'cards',
  first: 'arm',
  columns: [
    { label: 'latency p99', brief: 'p99', unit: 'ms', holds: 'numbers' },
    { label: 'verdict', holds: 'verdicts' },
    { label: 'failed', holds: 'numbers' },
  ],
  rows: [
    {
      heading: armPiece(fix),
      cells: [
        [{ piece: 'value', value: 51.4, text: '51.4' }, aside('[50–60]')],
        [verdictBadge(fix), { piece: 'aside', text: '3 of 3 episodes', brief: '3 of 3' }, aside('[29–100 %]')],
        null,
      ],
    },
  ],
  foot: [{ heading: 'A/A spread', cells: ['3.58', '', null] }],
}

test('numbers stand to the right under brief labels, an arm has its kind, and there are no asides but brief ones', () => {
  expect(elementsText([numbers], 80)).toEqual([
    'arm         kind  verdict         p99 (ms)  failed',
    'l7-proxy    fix   ✓ fixed 3 of 3      51.4       —',
    'A/A spread                            3.58       —',
  ])
})

test('numbers that do not fit are named; where not even the verdicts fit, each row is a sentence', () => {
  expect(elementsText([numbers], 46)).toEqual([
    'arm         kind  verdict         p99 (ms)',
    'l7-proxy    fix   ✓ fixed 3 of 3      51.4',
    'A/A spread                            3.58',
    'omitted at this width: failed (see the report)',
  ])
  const long = { ...fix, name: 'an-arm-with-a-name-of-forty-characters-x' }
  const wide = { ...numbers, rows: [{ ...numbers.rows[0], heading: armPiece(long), cells: numbers.rows[0]?.cells ?? [] }] }
  expect(elementsText([wide], 41)).toEqual([
    'an-arm-with-a-name-of-forty-characters-x:',
    '  fix, ✓ fixed 3 of 3, p99 (ms) 51.4,',
    '  failed —',
    'A/A spread: p99 (ms) 3.58, failed —',
  ])
})

test('the last column of a table of words is wrapped beside the others', () => {
  const [table] = wordTable('Changes', ['what', 'reason'], [['verdict', 'one pod has it all, and the others have nothing']])
  expect(elementsText(table ? [table] : [], 44)).toEqual([
    'what     reason',
    'verdict  one pod has it all, and the others',
    '         have nothing',
  ])
})

test('a section without elements is left out, and an empty line stands between two', () => {
  const section = (id: string, ...elements: Element[]) => ({ id, title: id.toUpperCase(), elements })
  expect(
    sectionsText(
      [section('a', { element: 'list', items: ['one'] }), section('b'), section('c', { element: 'lead', line: 'two' })],
      80,
    ),
  ).toEqual(['A', '  one', '', 'C', '  two'])
})

test('a drawing is shown as words, folded elements as their summary, and groups are indented', () => {
  const elements: Element[] = [
    { element: 'drawing', draw: () => markup`<svg></svg>`, words: [{ element: 'note', line: 'flat' }] },
    { element: 'details', summary: '3 metrics', elements: [{ element: 'lead', line: 'hidden' }] },
    {
      element: 'groups',
      look: 'panels',
      groups: [{ heading: 'arm', about: 'why', elements: [{ element: 'code', text: 'a: 1\n', language: 'yaml' }] }],
    },
    { element: 'terms', terms: [['older', 'a run', code('b')]] },
  ]
  expect(elementsText(elements, 80)).toEqual(['flat', '3 metrics', 'arm', '  why', '  a: 1', 'older: a run; b'])
})

test('no control character of a message reaches the terminal, and a message is one line', () => {
  const hostile = 'gone\u001b[2J\nand back'
  const elements: Element[] = [
    { element: 'lead', line: [hostile, code(hostile)] },
    { element: 'code', text: hostile, language: 'text' },
    ...wordTable('T', ['a', 'b'], [[hostile, hostile]]),
  ]
  // oxlint-disable-next-line no-control-regex -- it searches for control characters
  expect(elementsText(elements, 200).join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  expect(elementsText(elements.slice(0, 1), 200)).toHaveLength(1)
})
