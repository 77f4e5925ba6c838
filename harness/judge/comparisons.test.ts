import { expect, test } from 'vitest'
import type { ArmKind } from '../model/arm-kind.ts'
import type { Comparison } from '../model/run.ts'
import { normalDraw } from '../stats/fixtures/normal-draws.ts'
import { seeded } from '../stats/seeded.ts'
import type { Random } from '../stats/seeded.ts'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { withComparisons } from './comparisons.ts'
import type { WithoutComparisons } from './comparisons.ts'

const [example] = exampleRun().scenarios
const [anyArm] = example?.arms ?? []
if (!example || !anyArm) throw new Error('the example has no arm')
const { comparisons: _none, ...arm } = anyArm
const { latency_p99: definition } = example.metrics
if (!definition) throw new Error('the example has no p99')

type Blocks = readonly (readonly [block: number, ms: number])[]
const inOrder = (values: readonly number[]): Blocks => values.map((value, block) => [block, value])

/** A scenario whose arms have these p99, and whose control differs from control by this ratio. */
const scenarioOf = (arms: Readonly<Record<string, Blocks>>, spread: number): WithoutComparisons => ({
  ...example,
  metrics: { latency_p99: definition },
  spread: { latency_p99: { value: 1, unit: 'ms', ratio: spread, n: 1 } },
  arms: Object.entries(arms).map(([name, blocks]) => {
    const kind: ArmKind = name === 'control' || name === 'incident' ? name : 'fix'
    const metric = { value: 0, unit: 'ms', n: 1, combined: 'median', interval: null } as const
    return {
      ...arm,
      name,
      kind,
      metrics: { latency_p99: { ...metric, blocks: blocks.map(([block, value]) => ({ block, value })) } },
    }
  }),
})

const comparisonsOf = (arms: Readonly<Record<string, Blocks>>, spread = 0.02): Readonly<Record<string, Comparison[]>> =>
  Object.fromEntries(
    withComparisons([scenarioOf(arms, spread)]).flatMap((each) => each.arms.map(({ name, comparisons }) => [name, comparisons])),
  )

const control = inOrder(Array.from({ length: 12 }, (_, block) => 50 + block))
const times = (blocks: Blocks, ratio: number): Blocks => blocks.map(([block, ms]) => [block, ms * ratio * (1 + block / 1000)])

test('metrics that say what is better are compared with control and with the incident, block by block', () => {
  const found = comparisonsOf({ control, incident: times(control, 8), slow: times(control, 8.1) })
  expect(found.slow).toMatchObject([
    { metric: 'latency_p99', with: 'control', answer: 'regressed', n: 12 },
    { metric: 'latency_p99', with: 'incident', answer: 'equivalent', n: 12 },
  ])
  expect([found.control, found.incident?.map((each) => each.with)]).toEqual([[], ['control']])
})

test('blocks are paired by their number', () => {
  const fix = control.filter(([block]) => block !== 2)
  expect(comparisonsOf({ control, fix }).fix).toMatchObject([{ with: 'control', ratio: 1, n: 11 }])
})

test('the p-value is adjusted for all comparisons of the run: of twelve blocks that agree it is 2 in 4,096, times their number', () => {
  const [one] = comparisonsOf({ control, fix: times(control, 1.2) }).fix ?? []
  expect(one).toMatchObject({ answer: 'regressed', p: expect.closeTo(2 / 4096, 9) as number })
  const arms = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`fix-${index}`, times(control, 1.2)]))
  const many = Object.values(comparisonsOf({ control, ...arms })).flat()
  expect(new Set(many.map(({ p }) => Number(p?.toFixed(9))))).toEqual(new Set([Number(((60 * 2) / 4096).toFixed(9))]))
})

test('with too few blocks for a p-value all of them have to agree, by three times the A/A spread, and there is none', () => {
  const few = control.slice(0, 3)
  expect(comparisonsOf({ control: few, fix: times(few, 1.2) }).fix).toMatchObject([{ answer: 'regressed', p: null }])
  expect(comparisonsOf({ control: few, fix: times(few, 1.2) }, 0.07).fix).toMatchObject([{ answer: 'inconclusive', p: null }])
})

test('eleven comparisons take nine blocks for a p-value: with eight, however they are, none could be different', () => {
  const compared = (blocks: number) => {
    const arms = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`fix-${index}`, times(control.slice(0, blocks), 3)]),
    )
    return comparisonsOf({ control: control.slice(0, blocks), ...arms })['fix-0']?.[0]
  }
  expect(compared(8)).toMatchObject({ answer: 'regressed', p: null })
  expect(compared(9)).toMatchObject({ answer: 'regressed', p: expect.any(Number) as number })
})

/** In how many runs any of nine arms that equal control is called different. */
const falseRuns = (blocks: number, noise: number, draw: (random: Random) => number, seed: number): number => {
  const random = seeded(seed)
  const runs = 1000
  const isFalse = (): boolean => {
    const values = (): Blocks => inOrder(Array.from({ length: blocks }, () => 50 * Math.exp(noise * draw(random))))
    const nulls = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`fix-${index}`, values()]))
    const aa = Array.from({ length: blocks }, () => Math.abs(noise * (draw(random) - draw(random)))).toSorted((a, b) => a - b)
    const found = Object.values(comparisonsOf({ control: values(), ...nulls }, aa[Math.floor(blocks / 2)] ?? 0)).flat()
    return found.some(({ answer }) => answer === 'improved' || answer === 'regressed')
  }
  return Array.from({ length: runs }, isFalse).filter(Boolean).length / runs
}

const normal = (random: Random): number => normalDraw(random)
/** Every tenth trial is up to three times as slow. */
const heavyTailed = (random: Random): number => normalDraw(random) + (random.share() < 0.1 ? 10 * random.share() : 0)

test.each([
  [6, 0.02, normal],
  [6, 0.1, normal],
  [8, 0.1, normal],
  [9, 0.1, normal],
  [12, 0.02, normal],
  [12, 0.3, normal],
  [12, 0.1, heavyTailed],
  [20, 0.1, normal],
] as const)(
  '%i blocks, noise of %d: of nine arms that equal control any is called different in 5 % of runs at most',
  (blocks, noise, draw) => {
    expect(falseRuns(blocks, noise, draw, blocks)).toBeLessThanOrEqual(0.05)
  },
)
