import { readFile, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenarios } from '../harness/scenario/load-scenarios.ts'
import { withIncidents } from './incidents.ts'

const root = resolve(import.meta.dirname, '..')

test('README.md has a row for each scenario, with its fixes and its accepted run (vitest -u writes it)', async () => {
  const page = await readFile(resolve(root, 'README.md'), 'utf8')
  const accepted = new Set(await readdir(resolve(root, 'reports/accepted')))
  await expect(withIncidents(page, await loadScenarios(), accepted)).toMatchFileSnapshot(resolve(root, 'README.md'))
})
