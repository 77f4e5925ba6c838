import { expect, test } from 'vitest'
import { allAccepted } from '../harness/test/fixtures/accepted-runs.ts'
import { loadScenarios, scenariosOfSuite } from '../harness/scenario/load-scenarios.ts'
import { articleMarkdown, claimsOf } from './article.ts'

test('the suite article has every incident of the article: the scenarios whose folders say what it claims', async () => {
  const claimed: string[] = []
  for (const loaded of await loadScenarios()) if ((await claimsOf(loaded)).length > 0) claimed.push(loaded.scenario.slug)
  expect((await scenariosOfSuite('article')).map(({ scenario }) => scenario.slug)).toEqual(claimed)
})

test('docs/article.md has what the folders of the scenarios say, with the verdicts of the accepted runs (vitest -u writes it)', async () => {
  const measured = (await allAccepted()).flatMap(({ scenarios: of }) => of)
  const accepted = new Map(measured.map((scenario) => [scenario.slug, scenario]))
  await expect(await articleMarkdown(await loadScenarios(), accepted)).toMatchFileSnapshot('article.md')
})
