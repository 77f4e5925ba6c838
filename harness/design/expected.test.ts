import { expect, test } from 'vitest'
import { scenariosOfLab } from '../test/fixtures/scenarios-of-lab.ts'
import { expectedOf, fitting } from './expected.ts'
import { usefulWorkers } from './workers.ts'

const quick = { mode: 'quick', blocks: undefined } as const
const here = { ...quick, workers: 6, newCluster: true }

test('a run of everything takes longer than its floor, and fewer nodes make both longer', async () => {
  const all = await scenariosOfLab('quick')
  const [wide, narrow] = [expectedOf(all, here), expectedOf(all, { ...here, workers: 2 })]
  expect(wide.seconds).toBeGreaterThan(wide.floorSeconds)
  expect(narrow.floorSeconds).toBeGreaterThan(wide.floorSeconds)
})

test('with a node for every episode the longest episode is the floor', async () => {
  const [stale] = (await scenariosOfLab('quick')).filter(({ loaded: { scenario } }) => scenario.slug === 'stale-configmap')
  expect(stale && expectedOf([stale], { ...here, workers: 26 }).floorSeconds).toBe(79)
})

test('an episode of a hundred pods is expected to take longer than its floor by what they take to start and end', async () => {
  const [orphans] = (await scenariosOfLab('full')).filter(({ loaded: { scenario } }) => scenario.slug === 'orphaned-finalizers')
  const { seconds, floorSeconds } = expectedOf(orphans ? [orphans] : [], {
    mode: 'full',
    blocks: undefined,
    workers: 5,
    newCluster: false,
  })
  expect(seconds - floorSeconds).toBeGreaterThan((35 / 5) * 80)
})

test('a cluster that is up already takes no time', async () => {
  const all = await scenariosOfLab('quick')
  expect(expectedOf(all, { ...here, newCluster: false }).seconds).toBeLessThan(expectedOf(all, here).seconds)
})

test('twice the blocks of a scenario under steady load have twice the windows', async () => {
  const steady = (await scenariosOfLab('quick')).filter(({ loaded: { scenario } }) => scenario.slug === 'cpu-limit-throttling')
  const floor = (blocks: number): number => expectedOf(steady, { ...here, blocks }).floorSeconds
  expect(floor(4)).toBe(2 * floor(2))
})

test('of scenarios that do not all fit into the time the shortest are named, and none when none fits', async () => {
  const all = await scenariosOfLab('quick')
  const slugs = (seconds: number): string[] =>
    fitting(all, (some) => expectedOf(some, here).seconds, seconds).map(({ loaded }) => loaded.scenario.slug)
  expect(slugs(3600)).toHaveLength(all.length)
  expect(slugs(4 * 60)).not.toHaveLength(0)
  expect(slugs(4 * 60)).not.toContain('cpu-limit-throttling')
  expect(slugs(20)).toEqual([])
})

test('episodes can use a node for each arm, and steady load uses three', async () => {
  const all = await scenariosOfLab('quick')
  const episodes = all.filter(({ loaded: { scenario } }) => scenario.trial.kind === 'episode')
  expect(usefulWorkers(all)).toBe(episodes.reduce((sum, { arms }) => sum + arms.length, 0))
  expect(usefulWorkers(all.filter(({ loaded: { scenario } }) => scenario.slug === 'http2-hot-pod'))).toBe(3)
})

test('a run until it is settled is expected to reach its first look in the time of as many blocks, and the end of all blocks later', async () => {
  const steady = (await scenariosOfLab('full')).filter(({ loaded: { scenario } }) => scenario.slug === 'http2-hot-pod')
  const on = { mode: 'full', workers: 3, newCluster: false } as const
  const settled = expectedOf(steady, { ...on, blocks: undefined, untilSettled: true })
  expect(settled.firstLookSeconds).toBe(expectedOf(steady, { ...on, blocks: 12 }).seconds)
  expect(settled.seconds).toBe(expectedOf(steady, { ...on, blocks: 20 }).seconds)
})
