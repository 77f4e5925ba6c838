// No text counts what a folder makes more of: the next scenario would make the count untrue.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { root } from './fixtures/lab-command.ts'

/** A record of past runs (`EVIDENCE.md`) counts what those runs had. */
const texts = [
  '*.md',
  'docs/*.ts',
  'Makefile',
  'package.json',
  '.github',
  ':!reports/accepted',
  ':!scenarios/*/EVIDENCE.md',
  ':!harness/test/fixtures',
]

/** From five on: a sentence may speak of two scenarios of its own. */
const number = String.raw`(?:five|six|seven|eight|nine|ten|eleven|twelve|\d+)`

const counts = [
  new RegExp(String.raw`\b${number} (?:\w+ ){0,2}(?:incidents|scenarios|exercises)\b`, 'i'),
  new RegExp(String.raw`\b(?:all|of the|every arm of) ${number} of\b|\ball (?:six|seven|eight|nine|ten|eleven|twelve)\b`, 'i'),
  /\b\d+ arms as expected\b/,
]

const countIn = (line: string): boolean => counts.some((count) => count.test(line))

test.each([
  'make lab     # all six incidents on one cluster',
  'Six Kubernetes production incidents, reproduced on a real cluster',
  'every arm of all six, every unhappy path',
  '`make test-full` all 39 of a quick run',
  '39 of 39 arms as expected in 16 min',
  'describes seven incidents',
])('a count is found: %s', (line) => {
  expect(countIn(line)).toBe(true)
})

test('no document, no help text and no description counts the scenarios, the incidents or their arms', async () => {
  const { stdout } = await execa('git', ['ls-files', ...texts], { cwd: root })
  const found: string[] = []
  for (const file of stdout.split('\n')) {
    const lines = (await readFile(join(root, file), 'utf8')).split('\n')
    for (const [index, line] of lines.entries()) if (countIn(line)) found.push(`${file}:${index + 1}: ${line.slice(0, 200)}`)
  }
  expect(found).toEqual([])
})
