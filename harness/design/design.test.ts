import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scenariosOfLab } from '../test/fixtures/scenarios-of-lab.ts'
import { Design } from '../model/design.ts'
import { blocksIn, designOf } from './design.ts'

const all = { quick: await scenariosOfLab('quick'), full: await scenariosOfLab('full') }
const optionsOf = (mode: 'quick' | 'full', more = {}) => ({ mode, blocks: undefined, seed: 7, workers: 6, ...more }) as const
const chosen = (slug: string, mode: 'quick' | 'full') => {
  const found = all[mode].find(({ loaded }) => loaded.scenario.slug === slug)
  if (!found) throw new Error(slug)
  return found
}

test('the same scenario, extent and seed have the same design, and another seed another order', () => {
  const hot = chosen('http2-hot-pod', 'quick')
  expect(designOf(hot, optionsOf('quick'))).toEqual(designOf(hot, optionsOf('quick')))
  expect(designOf(hot, optionsOf('quick', { seed: 8 })).trials).not.toEqual(designOf(hot, optionsOf('quick')).trials)
})

test('every trial of a design is of one of its deployments, each of which has one trial in every block', () => {
  for (const mode of ['quick', 'full'] as const)
    for (const each of all[mode]) {
      const design = Design.parse(designOf(each, optionsOf(mode)))
      const names = design.deployments.map(({ arm, replica }) => `${arm} ${replica}`).toSorted()
      for (const block of blocksIn(design)) expect(block.map(({ arm, replica }) => `${arm} ${replica}`).toSorted()).toEqual(names)
    }
})

test('under steady load control is deployed twice, an episode is not', () => {
  const replicas = (slug: string) =>
    designOf(chosen(slug, 'quick'), optionsOf('quick')).deployments.filter(({ replica }) => replica > 0)
  expect(replicas('http2-hot-pod')).toEqual([{ arm: 'control', replica: 1, needs: [] }])
  expect(replicas('stale-configmap')).toEqual([])
})

test('a design names the add-ons and nodes that its arms need', () => {
  const needs = (slug: string, arm: string) =>
    designOf(chosen(slug, 'full'), optionsOf('full')).deployments.find((each) => each.arm === arm)?.needs
  expect(needs('http2-hot-pod', 'istio')).toEqual(['istio'])
  expect(needs('log-flood-disk-pressure', 'control')).toEqual(['a small-disk node'])
})

test('the longest episode of a block comes first', () => {
  const [first = []] = blocksIn(designOf(chosen('missing-priority-class', 'quick'), optionsOf('quick')))
  expect(first.map(({ floorMs }) => floorMs)).toEqual(first.map(({ floorMs }) => floorMs).toSorted((a, b) => b - a))
})

test('the looks of a design spend its error, no more and no less', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom(...all.full), (untilSettled, each) => {
      const { looks } = designOf(each, optionsOf('full', { untilSettled }))
      expect(looks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    }),
  )
})

test('until it is settled a scenario under steady load takes 12 to 20 blocks in three looks; else it takes 16 in one', () => {
  const looks = (untilSettled: boolean) => designOf(chosen('http2-hot-pod', 'full'), optionsOf('full', { untilSettled })).looks
  expect(looks(false)).toEqual([{ blocks: 16, share: 1 }])
  expect(looks(true)).toEqual([
    { blocks: 12, share: 0.5 },
    { blocks: 16, share: 0.25 },
    { blocks: 20, share: 0.25 },
  ])
})

test('a design that is named with its own number of blocks has one look', () => {
  expect(designOf(chosen('http2-hot-pod', 'full'), optionsOf('full', { blocks: 4 })).looks).toEqual([{ blocks: 4, share: 1 }])
})

test('its windows are the shorter part of the time a design takes, and never more', () => {
  for (const each of all.quick) {
    const { seconds, floorSeconds } = designOf(each, optionsOf('quick'))
    expect(seconds).toBeGreaterThan(floorSeconds)
  }
})
