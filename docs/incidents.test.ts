import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenarios, selectScenarios } from '../harness/scenario/load-scenarios.ts'
import { acceptedScenarios } from '../harness/test/fixtures/accepted-runs.ts'
import { withIncidents } from './incidents.ts'

const readme = resolve(import.meta.dirname, '../README.md')
const page = await readFile(readme, 'utf8')
const scenarios = await loadScenarios()
const accepted = await acceptedScenarios()

test('README.md has a row for each scenario, with its fixes and its accepted run (vitest -u writes it)', async () => {
  await expect(withIncidents(page, scenarios, accepted)).toMatchFileSnapshot(readme)
})

test('a fix that the accepted run of its scenario does not have is marked', () => {
  const throttling = accepted.get('cpu-limit-throttling')
  if (!throttling) throw new Error('it has an accepted run')
  const fixesBy = (arms: typeof throttling.arms): string => {
    const runs = new Map([[throttling.slug, { ...throttling, arms }]])
    const row = withIncidents(page, selectScenarios(scenarios, [throttling.slug]), runs).match(/^\| \[cpu-limit.*$/m)?.[0]
    return row?.split(' | ')[2] ?? ''
  }
  expect(fixesBy(throttling.arms)).toMatch(/^`remove-limit`: /)
  expect(fixesBy([])).toMatch(/^`remove-limit` \(not accepted yet\): /)
})
