// The tests that docs/safety.md and CONTRIBUTING.md name in their tables exist, in the tier that the table says.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './fixtures/lab-command.ts'

interface Row {
  /** First cell: a finding, or a promise. */
  readonly about: string
  /** Second cell: a file below harness/ in backticks and part of a test's name; of one that is open the table says so instead. */
  readonly where: string
  /** Third cell. */
  readonly tier: string
}

const rowsBelow = async (file: string, heading: string): Promise<Row[]> => {
  const page = await readFile(join(root, file), 'utf8')
  const [section = ''] = page.slice(page.indexOf(heading) + heading.length).split('\n## ')
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.map((line) => {
    const [about = '', where = '', tier = ''] = line
      .slice(1)
      .split('|')
      .map((cell) => cell.trim())
    return { about, where, tier }
  })
}

/** Whether the file has a test of this name, or just one whose name begins so where an ellipsis cuts it. */
const exists = async ({ where }: Row): Promise<boolean> => {
  const [, file = '', name = ''] = /^`([^`]+)`: (.+?)(?: …)?$/.exec(where) ?? []
  const text = await readFile(join(root, 'harness', file), 'utf8')
  const found = text.replaceAll(/\\(['`])/g, '$1').split(name).length - 1
  return name !== '' && (where.endsWith('…') ? found === 1 : found > 0)
}

const findings = await rowsBelow('docs/safety.md', '## Findings and their tests')
const named = findings.filter(({ where }) => where.startsWith('`'))

describe('findings of docs/safety.md', () => {
  test.each(named)('$about', async (row) => {
    expect(await exists(row), row.where).toBe(true)
  })

  test('every finding has its test, but for those that are said to be open', () => {
    expect(named.length).toBeGreaterThan(35)
    expect(findings.length - named.length, 'those without a test, which say why').toBe(2)
  })
})

/** Folders, or kinds, of the tests that a target of `make` runs; of `make test` all others, too. */
const foldersOf: Readonly<Record<string, readonly string[]>> = {
  'make test-full': ['cluster', 'online', 'simulation'],
  'make test-long': ['long'],
  'make test-workshop': ['workshop'],
  'make chaos': ['chaos', 'engine'],
  'make noise': ['noise'],
}

const promises = await rowsBelow('CONTRIBUTING.md', '## Which test would fail')

describe('promises of the README in CONTRIBUTING.md', () => {
  test.each(promises)('$about', async (row) => {
    expect(await exists(row), row.where).toBe(true)
    const [, target = ''] = /^`([^`]+)`/.exec(row.tier) ?? []
    const [, folder = ''] = /^`test\/(\w+)\//.exec(row.where) ?? /^`\S+\.(simulation)\.test/.exec(row.where) ?? []
    const isRare = Object.values(foldersOf).flat().includes(folder)
    expect(target === 'make test' ? !isRare : foldersOf[target]?.includes(folder), `${target} runs it`).toBe(true)
  })

  test('there are promises', () => {
    expect(promises.length).toBeGreaterThan(15)
  })
})
