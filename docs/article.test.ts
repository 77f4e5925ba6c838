import { expect, test } from 'vitest'
import { loadScenarios, scenariosOfSuite, selectScenarios } from '../harness/scenario/load-scenarios.ts'
import { acceptedScenarios } from '../harness/test/fixtures/accepted-runs.ts'
import { articleMarkdown, claimsOf } from './article.ts'

const scenarios = await loadScenarios()
const accepted = await acceptedScenarios()

test('the suite article has every incident of the article: the scenarios whose folders say what it claims', async () => {
  const claimed: string[] = []
  for (const loaded of scenarios) if ((await claimsOf(loaded)).length > 0) claimed.push(loaded.scenario.slug)
  expect((await scenariosOfSuite('article')).map(({ scenario }) => scenario.slug)).toEqual(claimed)
})

test('docs/article.md has what the folders of the scenarios say, with the verdicts of the accepted runs (vitest -u writes it)', async () => {
  await expect(await articleMarkdown(scenarios, accepted)).toMatchFileSnapshot('article.md')
})

/** What the page marks as found for this claim, by the runs that are accepted. */
const markOf = async (slug: string, says: string, runs: typeof accepted): Promise<string | undefined> => {
  const page = await articleMarkdown(selectScenarios(scenarios, [slug]), runs)
  const row = page.split('\n').find((line) => line.startsWith(`| ${says} |`))
  return row?.split(' | ')[1]
}

const claim = ['cpu-limit-throttling', 'Removing the limit and keeping the request is enough.'] as const

test('a claim is marked as reproduced only if the accepted run has each of its arms', async () => {
  expect(await markOf(...claim, accepted)).toBe('✓ reproduced')
  expect(await markOf(...claim, new Map())).toBe('not accepted yet')
  const throttling = accepted.get('cpu-limit-throttling')
  if (!throttling) throw new Error('it has an accepted run')
  const others = throttling.arms.filter(({ name }) => name !== 'remove-limit')
  expect(await markOf(...claim, new Map([[throttling.slug, { ...throttling, arms: others }]]))).toBe('not accepted yet')
})

test('an accepted run in which an arm got another verdict does not show the claim', async () => {
  const throttling = accepted.get('cpu-limit-throttling')
  if (!throttling) throw new Error('it has an accepted run')
  const arms = throttling.arms.map((arm) => (arm.name === 'remove-limit' ? { ...arm, verdict: 'mitigated' as const } : arm))
  expect(await markOf(...claim, new Map([[throttling.slug, { ...throttling, arms }]]))).toBe('? another verdict than expected')
})
