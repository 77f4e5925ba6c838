// Every error says what, and why, with what evidence, or what to do next; docs/errors.md has them all.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { raisedErrors } from './fixtures/errors-in-sources.ts'
import type { RaisedError } from './fixtures/errors-in-sources.ts'

const root = resolve(import.meta.dirname, '../..')
const errors = await raisedErrors(root)

test('no error is bare: each says why, shows evidence, or says what to do', () => {
  expect(errors.length).toBeGreaterThan(100)
  const bare = errors.filter(({ hasWhy, hasNext, hasEvidence }) => !hasWhy && !hasNext && !hasEvidence)
  expect(bare.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

/** What their callers give them, or what they throw again. */
const completedElsewhere = [
  'harness/diff/comparable.ts',
  'harness/kube/wait.ts',
  'harness/side-by-side.ts',
  'harness/workshop/ask.ts',
]

test('each error says what to do next', () => {
  const atALoss = errors.filter(({ file, hasNext }) => !hasNext && !completedElsewhere.includes(file))
  expect(atALoss.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

const page = await readFile(join(root, 'docs/errors.md'), 'utf8')

/** First lines of the examples, and the file that raised each. */
const examples = [...page.matchAll(/^<!-- (.+) -->\n`+text\nlab: (.*)$/gm)].map(([, file = '', what = '']) => ({ file, what }))

/** A pattern without fixed words matches anything: only of its own file. */
const isOf = (example: (typeof examples)[number], { file, pattern }: RaisedError): boolean =>
  example.file === file && pattern.test(example.what)

test('docs/errors.md has an example of each error, as a test raised it (npm run errors writes it)', () => {
  const without = errors.filter((error) => !examples.some((example) => isOf(example, error)))
  expect(without.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

test('docs/errors.md has no example of an error that is gone or worded otherwise', () => {
  expect(examples.length).toBeGreaterThan(100)
  expect(examples.filter((example) => !errors.some((error) => isOf(example, error)))).toEqual([])
})
