// How often two arms that are the same are called different: the schedule of a run in miniature, with noise, drift and a disturbed trial.
import { expect, test } from 'vitest'
import { compare } from '../stats/compare.ts'
import { normalDraw } from '../stats/fixtures/normal-draws.ts'
import type { Pair } from '../stats/pair.ts'
import { seeded } from '../stats/seeded.ts'
import type { Random } from '../stats/seeded.ts'
import { shuffledBlocks } from '../design/shuffle.ts'
import { spreadOf } from '../stats/spread.ts'

const runs = 2000
const slotsOfBlock = 8 // control, its second trial, the arm that is the same, and five others
const slots = Array.from({ length: slotsOfBlock }, (_, slot) => ({ slot }))

interface Circumstances {
  readonly blocks: number
  /** A trial's value, without the drift. */
  readonly draw: (random: Random) => number
  /** By how much a value is larger at the end of the run than at its beginning, as a share. */
  readonly drift: number
  /** One trial of the arm in block 0 does not count, and is measured again at the end of its block. */
  readonly disturbed: boolean
}

/** The values of control, its second trial and the arm, block by block, in an order that is shuffled in each block. */
const measure = ({ blocks, draw, drift, disturbed }: Circumstances, random: Random) => {
  const trials = blocks * slotsOfBlock + Number(disturbed)
  const plan = shuffledBlocks(slots, blocks, random.below(2 ** 31))
  let place = 0
  return Array.from({ length: blocks }, (_, block) => {
    const values = new Map<number, number>()
    const order = plan.filter((each) => each.block === block).map(({ slot }) => slot)
    for (const slot of [...order, ...(disturbed && block === 0 ? [2] : [])])
      values.set(slot, draw(random) * (1 + (drift * place++) / (trials - 1)))
    const [control = NaN, again = NaN, arm = NaN] = [0, 1, 2].map((slot) => values.get(slot))
    return { control, again, arm }
  })
}

const falseAnswers = (circumstances: Circumstances, seed: number): number => {
  const random = seeded(seed)
  const wrong = Array.from({ length: runs }, () => {
    const blocks = measure(circumstances, random)
    const pairs = blocks.map(({ arm, control }): Pair => ({ arm, reference: control }))
    const spread = spreadOf(blocks.map(({ again, control }) => ({ arm: control, reference: again }))).typical
    const { answer } = compare(pairs, { spread })
    return answer === 'improved' || answer === 'regressed'
  })
  return wrong.filter(Boolean).length / runs
}

const logNormal =
  (noise: number) =>
  (random: Random): number =>
    50 * Math.exp(noise * normalDraw(random))

const cells = [0.02, 0.1, 0.3].flatMap((noise) => [2, 3, 6, 12].map((blocks) => ({ noise, blocks })))

test.each(cells)('noise of $noise, $blocks blocks: two equal arms are called different in 5 % at most', ({ noise, blocks }) => {
  expect(falseAnswers({ blocks, draw: logNormal(noise), drift: 0, disturbed: false }, 1)).toBeLessThanOrEqual(0.05)
})

test.each(cells)(
  'noise of $noise, $blocks blocks, a drift of half as much again over the run and a disturbed trial: 5 % at most as well',
  ({ noise, blocks }) => {
    expect(falseAnswers({ blocks, draw: logNormal(noise), drift: 0.5, disturbed: true }, 2)).toBeLessThanOrEqual(0.05)
  },
)

/** Every tenth trial is up to three times as slow. */
const heavyTailed = (random: Random): number => logNormal(0.05)(random) * (random.share() < 0.1 ? 1 + 2 * random.share() : 1)

test.each([2, 3, 6, 12])('heavy tails, $0 blocks: 5 % at most, since every block has to agree', (blocks) => {
  expect(falseAnswers({ blocks, draw: heavyTailed, drift: 0, disturbed: false }, 3)).toBeLessThanOrEqual(0.05)
})
