import { expect, test } from 'vitest'
import { allAccepted } from '../harness/test/fixtures/accepted-runs.ts'
import { loadScenarios, scenariosOfSuite } from '../harness/scenario/load-scenarios.ts'
import { articleMarkdown, claimsOf } from './article.ts'

test('every incident of the article has its claims, each with the arms that show it or the reason why none does', async () => {
  for (const loaded of await scenariosOfSuite('article')) expect(await claimsOf(loaded), loaded.scenario.slug).not.toEqual([])
})

test('docs/article.md has what the folders of the scenarios say, with the verdicts of the accepted runs (vitest -u writes it)', async () => {
  const measured = (await allAccepted()).flatMap(({ scenarios: of }) => of)
  const accepted = new Map(measured.map((scenario) => [scenario.slug, scenario]))
  await expect(await articleMarkdown(await loadScenarios(), accepted)).toMatchFileSnapshot('article.md')
})
