import { expect, test } from 'vitest'
import type { Design } from '../model/design.ts'
import { blocksLeft } from './leaving.ts'

const arms = ['control', 'incident', 'fix', 'folk']
const design: Design = {
  deployments: [],
  trials: [0, 1, 2, 3].flatMap((block) => arms.map((arm) => ({ arm, replica: 0, block, floorMs: 0 }))),
  looks: [
    { blocks: 2, share: 0.5 },
    { blocks: 4, share: 0.5 },
  ],
  seconds: 0,
  floorSeconds: 0,
}

const sizes = (decided: (blocks: number) => readonly string[], isInTime = true): number[] =>
  [...blocksLeft(design, { decided: (blocks) => new Set(decided(blocks)), isInTime: () => isInTime })].map(({ length }) => length)

test('an arm that is decided at a look is in no block after it', () => {
  expect(sizes(() => ['fix'])).toEqual([4, 4, 3, 3])
})

test('when all arms are decided, the measurement ends', () => {
  expect(sizes(() => arms)).toEqual([4, 4])
})

test('no arm is decided between looks, nor after the last block', () => {
  const asked: number[] = []
  sizes((blocks) => (asked.push(blocks), []))
  expect(asked).toEqual([2])
})

test('when time is up, the blocks of the first look are measured, and no more', () => {
  expect(sizes(() => [], false)).toEqual([4, 4])
})
