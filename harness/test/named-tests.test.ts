// The tests that docs/safety.md and CONTRIBUTING.md name in their tables exist, in the tier that the table says.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tiers } from '../../docs/nightly-page.ts'
import { root } from './fixtures/lab-command.ts'

interface Row {
  /** First cell: a finding, or a promise. */
  readonly about: string
  /** Second cell: a file below harness/ in backticks and part of a test's name; of one that is open the table says so instead. */
  readonly where: string
  /** Third cell: the target of `make`, of a nightly test also its tier. */
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

const promises = await rowsBelow('CONTRIBUTING.md', '## Which test would fail')

describe('promises of the README in CONTRIBUTING.md', () => {
  test.each(promises)('$about', async (row) => {
    expect(await exists(row), row.where).toBe(true)
    const [, folder = ''] = /^`test\/(\w+)\//.exec(row.where) ?? /^`\S+\.(simulation)\.test/.exec(row.where) ?? []
    const played = folder in tiers ? `\`make nightly\`: ${folder}` : '`make test`'
    expect(row.tier.split(', ')[0]).toBe(played)
  })

  test('there are promises', () => {
    expect(promises.length).toBeGreaterThan(15)
  })
})
