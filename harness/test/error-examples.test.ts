// The examples of docs/errors.md are errors that a user can meet: tests raise them, and invent nothing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as client from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { patternOf, raisedErrors, sources } from './fixtures/errors-in-sources.ts'
import { root } from './fixtures/lab-command.ts'

const page = await readFile(join(root, 'docs/errors.md'), 'utf8')
const examples = [...page.matchAll(/^<!-- (.+) -->\n(`{3,})text\nlab: ([^]*?)\n\2$/gm)].map(([, file = '', , text = '']) => ({
  file,
  text,
  first: text.split('\n')[0] ?? '',
}))

/** Whether Kubernetes has objects of this kind: its client has a class for each. */
const isKind = (kind: string): boolean =>
  Object.keys(client).some((name) => /^V\d+(?:(?:alpha|beta)\d+)?(.+)$/.exec(name)?.[1] === kind)

test('every object that an example names is of a kind of Kubernetes', () => {
  expect(examples.length).toBeGreaterThan(100)
  const named = examples.flatMap(({ text }) =>
    [...text.matchAll(/(?<![\w./-])([A-Z][A-Za-z]+)\/[a-z]/g)].map(([, kind = '']) => kind),
  )
  expect(named).toContain('ConfigMap')
  expect(named.filter((kind) => !isKind(kind))).toEqual([])
})

const literal = String.raw`('[^'\n]+'|${'`'}[^${'`'}\n]+${'`'})`

/** Errors whose callers fill in what happened: what stands before that, and how a caller writes it. */
const filledIn = {
  'harness/kube/wait.ts': { before: /^Waited [\d.]+ s for /, written: new RegExp(String.raw`\bwhat: ${literal}`, 'g') },
  'harness/model/node-shell.ts': {
    before: /^Could not /,
    written: new RegExp(String.raw`\b(?:runScript|couldNot)\(\s*(?:[\w.]+,\s*)?${literal}`, 'g'),
  },
}

test.each(Object.entries(filledIn))('the example of %s says what one of its callers says', async (file, { before, written }) => {
  const callers = (await sources(root)).flatMap(({ text }) =>
    [...text.matchAll(written)].map(([, found = '']) => patternOf(found)),
  )
  const said = examples.filter((example) => example.file === file).map(({ first }) => first.replace(before, ''))
  expect(said).not.toEqual([])
  for (const words of said)
    expect(
      callers.some((caller) => caller.test(words)),
      words,
    ).toBe(true)
})

/** They raise errors of others again. */
const raisedAgain = ['harness/side-by-side.ts', 'harness/workshop/ask.ts', 'harness/cluster/kind/provider.ts']

test('an error that is raised again is one that the lab raises', async () => {
  const raised = (await raisedErrors(root)).filter(({ pattern }) => !pattern.test(''))
  const unknown = examples.filter(
    ({ file, first }) => raisedAgain.includes(file) && !raised.some(({ pattern }) => pattern.test(first)),
  )
  expect(unknown.map(({ file, first }) => `${file}: ${first}`)).toEqual([])
})

/** A name of one letter, where s is a unit; a line that was counted; a file of a test. */
const placeholder = /(?<![\w.'’-])[b-rt-z](?![\w.'’-])|^ {2}\| (?:line )?(?:\w|\d+)$|\.test\.ts/

test('no example has a placeholder where a program or a cluster would say something', () => {
  const lines = examples.flatMap(({ text }) => text.split('\n'))
  expect(lines.filter((line) => placeholder.test(line))).toEqual([])
})

test('no example waited for less than a second', () => {
  expect(examples.map(({ first }) => first).filter((first) => /\b0\.\d+ s\b/.test(first))).toEqual([])
})
