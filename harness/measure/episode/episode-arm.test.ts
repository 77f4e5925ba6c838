import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { EpisodeTrial } from '../../model/scenario.ts'
import { readScenarioFiles } from '../../scenario/arm-manifests.ts'
import { episodeArm } from './episode-arm.ts'
import { episodeMethod } from './episode-method.ts'
import { loadScenarios, selectScenarios } from '../../scenario/load-scenarios.ts'

/** Arms of a real scenario, placed on a node. */
const arms = async (slug: string) => {
  const [loaded] = selectScenarios(await loadScenarios(), [slug])
  if (!loaded) throw new Error(`no scenario ${slug}`)
  const { scenario, folder } = loaded
  const trial = scenario.trial as EpisodeTrial
  const files = await readScenarioFiles(resolve(folder), scenario)
  return { arm: (name: string) => episodeArm(scenario, trial, files, name, 'worker-2', []), scenario, trial, files }
}
const what = (steps: readonly { what: string }[]): string[] => steps.map((step) => step.what)

test('control has neither trigger nor steps, and an end of its own', async () => {
  const { arm } = await arms('missing-priority-class')
  expect(arm('control')).toMatchObject({ trigger: null, steps: [], until: [{ after: '15s' }] })
})

test('an arm does what all arms do and then what is its own, and ends as the others where it says nothing else', async () => {
  const { arm, trial } = await arms('missing-priority-class')
  expect(what(arm('incident').steps)).toEqual(what(trial.steps))
  expect(what(arm('restart-it').steps)).toEqual([...what(trial.steps), 'remedy: delete the pending pod'])
  expect(arm('incident').until).toEqual(trial.until)
})

test('an arm that says that nothing ends it before the deadline is not ended by what ends the others', async () => {
  const { arm, trial } = await arms('log-flood-disk-pressure')
  expect(trial.until).not.toEqual([])
  expect(arm('ephemeral-limit').until).toEqual([])
})

test('what stands beforehand, what the trigger brings and what a step applies all go to the node of the episode', async () => {
  const { arm } = await arms('log-flood-disk-pressure')
  const { deployed, trigger, objectsOf } = arm('incident')
  for (const object of [
    deployed.find(({ metadata }) => metadata?.name === 'orders'),
    trigger?.objects[0],
    objectsOf('triggers/newcomer.yaml')[0],
  ])
    expect(JSON.stringify(object)).toContain('"kubernetes.io/hostname":"worker-2"')
})

test('an arm with a trigger of its own has that alone, and control may have one, and steps, of its own', async () => {
  const { arm } = await arms('orphaned-finalizers')
  expect(arm('incident').trigger).toEqual({ objects: [], script: 'triggers/operator-first.sh' })
  expect(arm('control').trigger).toEqual({ objects: [], script: 'triggers/right-order.sh' })
  expect(what(arm('control').steps)).toEqual(['a canary is deployed'])
  expect(arm('control').textOf('triggers/right-order.sh')).toContain('delete fleet fleet')
})

test('what a step applies again is pinned and placed as it was deployed', async () => {
  const { arm } = await arms('orphaned-finalizers')
  const deployed = arm('incident').deployed.filter(({ metadata }) => metadata?.name === 'operator')
  expect(arm('incident').objectsOf('manifests/2-operator.yaml')).toEqual(deployed)
})

test("an arm's own trigger is listed among the steps, and a step with its file", async () => {
  const { scenario, trial, files } = await arms('orphaned-finalizers')
  const { steps } = episodeMethod(scenario, trial, files, [])
  expect(steps.find(({ arm }) => arm === 'control')).toMatchObject({
    what: 'its own trigger',
    when: '0s after the trigger',
    file: 'triggers/right-order.sh',
  })
  expect(steps.find(({ arm }) => arm === 'restore-operator')).toMatchObject({
    when: 'all pods of fleet terminating for 60s',
    file: 'manifests/2-operator.yaml',
  })
})

test('how the episodes go is described in words: common steps first, then those of single arms', async () => {
  const { scenario, trial, files } = await arms('missing-priority-class')
  const { steps, until, kubelet, trigger } = episodeMethod(scenario, trial, files, [])
  expect(steps.map(({ arm, when }) => [arm, when])).toEqual([
    [null, 'a pod of hog evicted for 5s'],
    ['restart-it', 'a pod of critical pending for 10s'],
    ['cpu-pressure', '0s after the trigger'],
  ])
  expect(until).toContain('control: 15s after the trigger')
  expect(kubelet).toMatchObject({ '--housekeeping-interval': '2s', evictionPressureTransitionPeriod: '10s' })
  expect(kubelet.evictionHard).toMatch(/^memory\.available: 576Mi, nodefs\.available: 0%/)
  expect(trigger.text).toContain('name: hog')
})
