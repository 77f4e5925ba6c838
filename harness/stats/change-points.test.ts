// Steps are found and dated, and noise is not taken for one.
import { expect, test } from 'vitest'
import { changePoints } from './change-points.ts'
import { seeded } from './seeded.ts'
import type { Random } from './seeded.ts'

const runs = 30
/** What `lab trend` asks of one series of 30 runs, and of 36 of them. */
const one = { level: 0.025 / runs, least: Math.log(1.05) }
const many = { ...one, level: one.level / 36 }

/** Normal values (Box and Muller) of a deviation; that share of them is four times as far out. */
const noise = ({ share }: Random, deviation: number, tails = 0): number[] =>
  Array.from({ length: runs }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share())
    return deviation * normal * (share() < tails ? 4 : 1)
  })
const step = (series: readonly number[], at: number, size: number): number[] =>
  series.map((value, index) => (index < at ? value : value + size))

/** How far off the date of a step of 20 % is, in runs, history by history; infinite where it is not found, or not alone. */
const datedOff = (deviation: number): number[] => {
  const random = seeded(20)
  return Array.from({ length: 300 }, () => {
    const at = 5 + random.below(21)
    const found = changePoints(step(noise(random, deviation), at, Math.log(1.2)), many)
    return found.length === 1 ? Math.abs((found[0]?.at ?? NaN) - at) : Infinity
  })
}
const shareWithin = (offs: readonly number[], most: number): number => offs.filter((off) => off <= most).length / offs.length

test('a step of 20 % among 30 runs that scatter by 3 % is found alone, and dated to the very run in 98 of 100 histories', () => {
  expect(shareWithin(datedOff(0.03), 0)).toBeGreaterThanOrEqual(0.98)
})

test('where runs scatter by 5 %, it is dated to the very run in 85 of 100 histories, and to within one run in 95', () => {
  const offs = datedOff(0.05)
  expect(shareWithin(offs, 0)).toBeGreaterThanOrEqual(0.85)
  expect(shareWithin(offs, 1)).toBeGreaterThanOrEqual(0.95)
})

test.each([
  ['normal', 0],
  ['heavy-tailed', 0.1],
])('noise without a step, %s: one of 20 series at most is said to have one, and one of 20 trends of 36 series', (_, tails) => {
  const random = seeded(30)
  const series = Array.from({ length: 1500 }, () => noise(random, 0.1, tails))
  const share = (options: typeof one): number =>
    series.filter((each) => changePoints(each, options).length > 0).length / series.length
  expect(share(one)).toBeLessThanOrEqual(0.05)
  expect(share(many)).toBeLessThanOrEqual(0.05 / 36 + 0.001) // of 1,500 series two or three, and chance
})

test('a level that is left again is two changes, up and down', () => {
  const found = changePoints(step(step(noise(seeded(3), 0.03), 10, 0.3), 20, -0.3), one)
  expect(found.map(({ at }) => at)).toEqual([10, 20])
  expect(found[0]?.shift).toBeCloseTo(0.3, 1)
  expect(found[1]?.shift).toBeCloseTo(-0.3, 1)
})

test('a single odd value is no level, nor are two; a step that is too small counts for nothing', () => {
  const still = noise(seeded(4), 0.02)
  expect(changePoints(step(step(still, 12, 2), 13, -2), one)).toEqual([])
  expect(changePoints(step(noise(seeded(5), 0.002), 15, 0.04), one)).toEqual([])
})

test('values that do not scatter have no change, or a plain one', () => {
  expect(
    changePoints(
      Array.from({ length: 10 }, () => 1),
      one,
    ),
  ).toEqual([])
  expect(changePoints([1, 1, 1, 1, 2, 2, 2, 2], one)).toEqual([{ at: 4, shift: 1, p: 1e-15 }])
})

test('fewer than six values have no two levels', () => {
  expect(changePoints([1, 1, 9, 9, 9], one)).toEqual([])
  expect(changePoints([], one)).toEqual([])
})
