// Labels do not cover each other.
import { expect, it } from 'vitest'
import { spreadLabels } from './spread-labels.ts'

it('leaves labels alone that are far apart', () => {
  expect(spreadLabels([10, 50], (y) => y, 17, 100).map((one) => one.atPx)).toEqual([10, 50])
})

it('moves labels apart and keeps the last above the bottom', () => {
  expect(spreadLabels([95, 94, 96], (y) => y, 17, 100).map((one) => one.atPx)).toEqual([66, 83, 100])
})
