// How often equal arms are called different.
import { expect, test } from 'vitest'
import { normalDraw } from '../stats/fixtures/normal-draws.ts'
import { seeded } from '../stats/seeded.ts'
import type { Random } from '../stats/seeded.ts'
import { comparisonsOf, inOrder } from '../test/fixtures/compared.ts'
import type { Blocks } from '../test/fixtures/compared.ts'

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
