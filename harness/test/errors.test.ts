// Every error says what, and why, with what evidence, or what to do next; docs/errors.md has them all.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { raisedErrors } from './fixtures/errors-in-sources.ts'

const root = resolve(import.meta.dirname, '../..')
const errors = await raisedErrors(root)

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

const page = await readFile(join(root, 'docs/errors.md'), 'utf8')

/** First lines of the examples. */
const examples = [...page.matchAll(/^lab: (.*)$/gm)].map(([, what = '']) => what)

test('docs/errors.md has an example of each error, as a test raised it (npm run errors writes it)', () => {
  const without = errors.filter(({ pattern }) => !examples.some((example) => pattern.test(example)))
  expect(without.map(({ file, what }) => `${file}: ${what}`)).toEqual([])
})

test('docs/errors.md has no example of an error that is gone or worded otherwise', () => {
  expect(examples.length).toBeGreaterThan(100)
  expect(examples.filter((example) => !errors.some(({ pattern }) => pattern.test(example)))).toEqual([])
})
