import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededCoin, shuffledBlocks } from './shuffle.ts'

const arms = ['control', 'incident', 'a', 'b', 'c']
const slots = arms.map((arm) => ({ arm }))

test('the same seed gives the same order, another one another', () => {
  expect(shuffledBlocks(slots, 4, 7)).toEqual(shuffledBlocks(slots, 4, 7))
  expect(shuffledBlocks(slots, 4, 7)).not.toEqual(shuffledBlocks(slots, 4, 8))
})

test('every block holds every arm once, and blocks follow one another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 9 }), (seed, blocks) => {
      const plan = shuffledBlocks(slots, blocks, seed)
      for (let block = 0; block < blocks; block++) {
        const part = plan.slice(block * arms.length, (block + 1) * arms.length)
        expect(part.map((each) => each.block)).toEqual(arms.map(() => block))
        expect(part.map((each) => each.arm).toSorted()).toEqual(arms.toSorted())
      }
    }),
  )
})

test('no arm has a place of its own: over many seeds each comes first about as often', () => {
  const firsts = Array.from({ length: 2000 }, (_, seed) => shuffledBlocks(slots, 1, seed * 7919)[0]?.arm)
  for (const arm of arms) expect(firsts.filter((first) => first === arm).length).toBeGreaterThan(300)
})

test('a coin shows each side about as often, and the same sides for the same seed', () => {
  const draw = (seed: number): string[] => {
    const coin = seededCoin('base', 'change', seed)
    return Array.from({ length: 400 }, coin)
  }
  expect(draw(7)).toEqual(draw(7))
  const base = draw(7).filter((side) => side === 'base').length
  expect(base).toBeGreaterThan(160)
  expect(base).toBeLessThan(240)
})
