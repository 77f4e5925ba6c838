// The table of docs/safety.md names tests that exist.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fixtures/lab-command.ts'

const page = await readFile(join(root, 'docs/safety.md'), 'utf8')
const [, ...rows] = page.slice(page.indexOf('## Findings and their tests')).matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)

/** Of one that is open the table says so. */
const named = rows.map(([, finding = '', where = '']) => ({ finding, where })).filter(({ where }) => where.startsWith('`'))

test.each(named)('$finding', async ({ where }) => {
  const [, file = '', name = ''] = /^`([^`]+)`: (.+)$/.exec(where) ?? []
  const text = await readFile(join(root, file), 'utf8')
  expect(text.replaceAll(/\\(['`])/g, '$1')).toContain(name)
})

test('every finding has its test, but for those that are said to be open', () => {
  expect(named.length).toBeGreaterThan(35)
  expect(rows.length - named.length, 'those without a test, which say why').toBe(2)
})
