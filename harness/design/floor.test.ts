// What the arithmetic says of the scenarios there are, beside what was seen of them.
import { expect, test } from 'vitest'
import { scenariosOfLab } from '../test/fixtures/scenarios-of-lab.ts'
import { floorMs } from './floor.ts'

const floorsOf = async (slug: string, mode: 'quick' | 'full'): Promise<Record<string, number>> => {
  const found = (await scenariosOfLab(mode)).find(({ loaded }) => loaded.scenario.slug === slug)
  if (!found) throw new Error(`there is no scenario ${slug}`)
  const { scenario } = found.loaded
  return Object.fromEntries(Object.keys(scenario.arms).map((arm) => [arm, floorMs(scenario, arm, mode) / 1000]))
}

test('a steady trial takes its warm-up and its window; one with a change under load a window of its own', async () => {
  const floors = await floorsOf('http2-hot-pod', 'quick')
  expect(floors).toMatchObject({ control: 6.5, incident: 6.5, 'istio-scale-out': 20.5 })
})

test('an episode takes what its end waits for, and its deadline at most', async () => {
  expect(await floorsOf('stale-configmap', 'quick')).toMatchObject({ control: 34, incident: 79, reloader: 79, 'hot-reload': 59 })
  expect(await floorsOf('log-flood-disk-pressure', 'quick')).toMatchObject({ control: 17, 'ephemeral-limit': 92 })
})

test('an end that waits for a state comes after the onset of the trouble', async () => {
  expect(await floorsOf('missing-priority-class', 'quick')).toMatchObject({ incident: 72, 'priority-class': 50, control: 19 })
  expect(await floorsOf('missing-priority-class', 'quick'), 'what it deletes starts again').toMatchObject({ 'restart-it': 52 })
})

test('a remedy that waits for another state puts the end off, one that waits for the same state does not', async () => {
  const floors = await floorsOf('orphaned-finalizers', 'quick')
  expect(floors).toMatchObject({ incident: 76, 'restore-operator': 96, 'force-delete': 101 })
})
