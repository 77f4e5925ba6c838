import { expect, test } from 'vitest'
import { loadScenarios, selectScenarios } from './load-scenarios.ts'
import { repairsOf, selectArms, selectArmsOfEach } from './select-arms.ts'

const selected = async (wanted: readonly string[] | undefined, mode: 'quick' | 'full'): Promise<string[]> => {
  const [loaded] = selectScenarios(await loadScenarios(), ['log-flood-disk-pressure'])
  if (!loaded) throw new Error('no scenario')
  return selectArms(loaded.scenario, wanted, mode)
}

test('an arm that is for full runs only is left out of a quick one, and no other is', async () => {
  const [quick, full] = [await selected(undefined, 'quick'), await selected(undefined, 'full')]
  const rare = ['culprit-down', 'culprit-down-logs-removed', 'another-node', 'limit-without-move', 'empty-dir', 'writable-layer']
  expect(full.filter((arm) => !quick.includes(arm))).toEqual(rare)
})

test('an arm that is for full runs only is taken into a quick one that names it', async () => {
  expect(await selected(['empty-dir'], 'quick')).toEqual(['control', 'incident', 'empty-dir'])
})

test('a full run that names an arm takes no other than control and incident beside it', async () => {
  expect(await selected(['log-rotation'], 'full')).toEqual(['control', 'incident', 'log-rotation'])
})

test('arms that need an add-on are in no quick run that does not name them', async () => {
  const [loaded] = selectScenarios(await loadScenarios(), ['http2-hot-pod'])
  const needs = (arm: string): boolean => (loaded?.scenario.arms[arm]?.addOns.length ?? 0) > 0
  if (!loaded) throw new Error('no scenario')
  expect(selectArms(loaded.scenario, undefined, 'quick').filter(needs)).toEqual([])
  expect(selectArms(loaded.scenario, ['istio'], 'quick').filter(needs)).toEqual(['istio'])
})

test('of several scenarios each is measured with the named arms that it has, and one that has none with control and incident', async () => {
  const slugs = ['http2-hot-pod', 'cpu-limit-throttling', 'stale-configmap']
  const scenarios = selectScenarios(await loadScenarios(), slugs).map(({ scenario }) => scenario)
  expect(selectArmsOfEach(scenarios, ['l7-proxy', 'more-replicas'], 'quick')).toEqual([
    ['control', 'incident', 'l7-proxy', 'more-replicas'],
    ['control', 'incident', 'more-replicas'],
    ['control', 'incident'],
  ])
  expect(() => selectArmsOfEach(scenarios, ['reloadr'], 'quick')).toThrow(
    expect.objectContaining({
      message: 'http2-hot-pod, cpu-limit-throttling, stale-configmap have no arm reloadr',
      details: expect.objectContaining({
        exit: 'usage',
        why: expect.stringContaining('did you mean reloader?') as string,
      }) as object,
    }),
  )
})

test('repairs are fixes and mitigations, without those that only a full run has', async () => {
  const slugs = ['log-flood-disk-pressure', 'missing-priority-class']
  const scenarios = selectScenarios(await loadScenarios(), slugs).map(({ scenario }) => scenario)
  expect(repairsOf(scenarios)).toEqual(['ephemeral-limit', 'external-volume', 'log-rotation', 'priority-class', 'guaranteed-qos'])
})
