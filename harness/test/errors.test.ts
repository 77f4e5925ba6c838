// Every error says what, and why, with what evidence, or what to do next; docs/errors.md has them all.
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../model/lab-error.ts'
import type { Exit } from '../model/lab-error.ts'
import { plain, table } from '../report/write/markdown-text.ts'
import { raisedErrors } from './fixtures/errors-in-sources.ts'
import type { RaisedError } from './fixtures/errors-in-sources.ts'

const errors = await raisedErrors(resolve(import.meta.dirname, '../..'))

test('no error is bare: each says why, shows evidence, or says what to do', () => {
  expect(errors.length).toBeGreaterThan(100)
  const bare = errors.filter(({ why, next, hasEvidence }) => why === undefined && next === undefined && !hasEvidence)
  expect(bare.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

/** What their callers give them, or what they throw again. */
const completedElsewhere = [
  'harness/diff/comparable.ts',
  'harness/kube/wait.ts',
  'harness/measure/side-by-side.ts',
  'harness/workshop/ask.ts',
]

test('each error says what to do next', () => {
  const atALoss = errors.filter(({ file, next }) => next === undefined && !completedElsewhere.includes(file))
  expect(atALoss.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

test('docs/errors.md has every error of the sources (vitest -u writes it)', async () => {
  await expect(page(errors)).toMatchFileSnapshot('../../docs/errors.md')
})

/** Commands stay code. */
const cell = (text: string): string => plain(text).replaceAll('\\`', '`')

/** Words of a sentence, and no piece of code. */
const isProse = (text: string | undefined): text is string =>
  text !== undefined && / \w+ /.test(text) && !/[?{}$]|\?\?/.test(text)

const page = (all: readonly RaisedError[]): string =>
  [
    '# Errors',
    'A test writes this page from the code (`npx vitest run --project hermetic harness/test/errors.test.ts -u`). An error prints what went wrong, `why`, the evidence behind a bar, and `next`. Words in capitals stand for what is filled in. [Known issues](known-issues.md) explains the frequent ones.',
    ...Object.keys(exitCodes).flatMap((exit) => section(exit as Exit, all)),
  ].join('\n\n') + '\n'

const section = (exit: Exit, all: readonly RaisedError[]): string[] => {
  const own = all.filter((error) => (error.exit ?? 'unexpected') === exit && isProse(error.what))
  const rows = own
    .map(({ what, why, next }) => [cell(what), isProse(why) ? cell(why) : '', isProse(next) ? cell(next) : ''])
    .toSorted(([a = ''], [b = '']) => a.localeCompare(b))
  const unique = [...new Map(rows.map((row) => [row.join('|'), row])).values()]
  const { code, meaning } = exitCodes[exit]
  return unique.length === 0 ? [] : [`## Exit ${code}: ${meaning}`, table(['error', 'why', 'next'], unique, () => false)]
}
