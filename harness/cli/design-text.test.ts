import { expect, test } from 'vitest'
import { scenariosOfLab } from '../test/fixtures/scenarios-of-lab.ts'
import { designLines, plannedOf } from './design-text.ts'

const linesOf = async (mode: 'quick' | 'full', slug: string, untilSettled = false): Promise<string[]> => {
  const chosen = (await scenariosOfLab(mode)).filter(({ loaded }) => loaded.scenario.slug === slug)
  return designLines(plannedOf(chosen, { mode, blocks: undefined, untilSettled, seed: 1, workers: 3 }), 400)
}

test('the design of a quick run names what is deployed, the order of the first block, and what three blocks carry', async () => {
  const [head = '', ...lines] = await linesOf('quick', 'http2-hot-pod')
  expect(head).toMatch(/^http2-hot-pod {2}3 blocks, \d+ min$/)
  expect(lines).toContain('  control             deployed 2 times in each block')
  expect(lines.at(-2)).toMatch(/^ {2}first block: .*control 2/)
  expect(lines.at(-1)).toMatch(/^ {2}3 blocks: they decide where they agree/)
})

test('the design of a full run says which differences it finds: twice the scatter, twice the difference', async () => {
  const last = (await linesOf('full', 'cpu-limit-throttling')).at(-1) ?? ''
  const [two = NaN, five = NaN, ten = NaN] = [...last.matchAll(/([\d.]+) % where/g)].map(([, percent]) => Number(percent))
  expect(two).toBeGreaterThan(2)
  expect(Math.log(1 + ten / 100) / Math.log(1 + five / 100)).toBeCloseTo(2, 0)
})

test('until it is settled: from the first look to the last, and when arms leave', async () => {
  const lines = await linesOf('full', 'cpu-limit-throttling', true)
  expect(lines[0]).toMatch(/12 to 20 blocks/)
  expect(lines.join('\n')).toContain('arms whose verdict is decided leave after 12 and 16 blocks')
})

test('episodes have no looks and find no ratio: their lines end with their order', async () => {
  const lines = await linesOf('quick', 'stale-configmap')
  expect(lines[0]).toContain('1 episode an arm')
  expect(lines.at(-1)).toMatch(/^ {2}order: incident, /)
})
