// A typo in a scenario's programs, selectors or groups is named by `lab list`, with what was probably meant.
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { EpisodeTrial, Scenario } from '../model/scenario.ts'
import { readScenarioFiles } from './arm-manifests.ts'
import { loadScenarios } from './load-scenarios.ts'
import { nameProblems } from './name-problems.ts'

const root = resolve(import.meta.dirname, '../..')
const all = new Map((await loadScenarios()).map(({ scenario }) => [scenario.slug, scenario]))

/** Problems of a scenario of the repository with another trial. */
const messages = async (slug: string, change: (trial: Scenario['trial']) => Scenario['trial']): Promise<string[]> => {
  const scenario = all.get(slug)
  if (!scenario) throw new Error(`there is no ${slug}`)
  const { manifests, differences, applied } = await readScenarioFiles(resolve(root, 'scenarios', slug), scenario)
  const files = [...manifests, ...[...differences.values()].flat(), ...applied.values()]
  return nameProblems({ ...scenario, trial: change(scenario.trial) }, files).map(({ message }) => message)
}

const withLoad = (load: object) => (trial: Scenario['trial']) =>
  ({ ...trial, load: { ...trial.load, ...load } }) as Scenario['trial']

test.each([...all.keys()])('%s uses no name that nothing has', async (slug) => {
  expect(await messages(slug, (trial) => trial)).toEqual([])
})

test('a program that the workload image does not have', async () => {
  expect(await messages('http2-hot-pod', withLoad({ program: 'grpc-laod' }))).toEqual([
    expect.stringMatching(/^unknown program grpc-laod: did you mean grpc-load\? known: .*http-load/),
  ])
  expect(
    await messages('cpu-limit-throttling', withLoad({ rateRps: { shareOfCapacity: 0.5, program: 'http-capacty' } })),
  ).toEqual([expect.stringMatching(/did you mean http-capacity\?/)])
})

test('a selector that no pod can have', async () => {
  expect(await messages('http2-hot-pod', withLoad({ pod: 'app=cleint' }))).toEqual([
    expect.stringMatching(/^no object of the scenario has the label app=cleint: did you mean app=client\?/),
  ])
  expect(await messages('stale-configmap', (trial) => ({ ...trial, servers: 'app=shop,tier=web' }))).toEqual([
    expect.stringMatching(/^no object of the scenario has the label tier=web/),
  ])
})

test('a group of pods that no step can find', async () => {
  const renamed = (trial: Scenario['trial']): EpisodeTrial => ({
    ...(trial as EpisodeTrial),
    until: [{ pods: 'floder', are: 'evicted', atLeast: 1, for: '8s' }],
  })
  expect(await messages('log-flood-disk-pressure', renamed)).toEqual([
    expect.stringMatching(/^unknown group floder: did you mean flooder\?/),
  ])
})
