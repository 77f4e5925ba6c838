import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksNeeded, smallestRatio } from './blocks-needed.ts'
import { hodgesLehmann } from './hodges-lehmann.ts'
import { normalDraw } from './fixtures/normal-draws.ts'
import { normalQuantile } from './normal.ts'
import { seeded } from './seeded.ts'

test('for many blocks it is the formula: a shift of half a standard deviation takes 47', () => {
  const z = normalQuantile(0.975)
  const byHand = (((z + normalQuantile(0.9)) / 0.5) ** 2 + (z * z) / 2) * (Math.PI / 3)
  expect(blocksNeeded(0.5, 1)).toBe(Math.ceil(byHand))
})

test('at least 6, and null for what no sensible number finds', () => {
  expect(blocksNeeded(0.1, 0)).toBe(6)
  expect(blocksNeeded(0.1, 0.001)).toBe(6)
  expect(blocksNeeded(0, 0.1)).toBeNull()
  expect(blocksNeeded(0.01, 1)).toBeNull()
  expect(smallestRatio(5, 0.1)).toBeNull()
})

const sd = fc.double({ min: 0.001, max: 1, noNaN: true })

test('up takes as many blocks as down', () => {
  fc.assert(
    fc.property(sd, (each) => {
      expect(blocksNeeded(0.1, each)).toBe(blocksNeeded(-0.1, each))
    }),
  )
})

test('one is the inverse of the other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 1000 }), sd, (blocks, each) => {
      expect(blocksNeeded(Math.log(smallestRatio(blocks, each) ?? 1) + 1e-9, each)).toBe(blocks)
    }),
  )
})

test('more scatter never takes fewer blocks', () => {
  fc.assert(
    fc.property(sd, sd, (one, other) => {
      const [less, more] = [one, other].toSorted((a, b) => a - b).map((each) => blocksNeeded(0.1, each) ?? 1001)
      expect(less).toBeLessThanOrEqual(more ?? 0)
    }),
  )
})

test.each([6, 7, 8, 9, 12])('%i blocks do find what is said they find, nine times in ten', (blocks) => {
  const random = seeded(blocks)
  const shift = Math.log(smallestRatio(blocks, 1) ?? 1)
  const rounds = 2000
  let found = 0
  for (let round = 0; round < rounds; round++) {
    const differences = Array.from({ length: blocks }, () => shift + normalDraw(random))
    if ((hodgesLehmann(differences).interval?.low ?? 0) > 0) found++
  }
  expect(found / rounds).toBeGreaterThan(0.875)
  expect(found / rounds).toBeLessThan(0.95)
})
