// With few blocks a bound that is nearer than control is to itself is left open, in either direction.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metric } from '../model/rule.ts'
import { blocksOfEach, expectations, inBlocks, judgeAll, judgeCase } from '../test/fixtures/hot-pod-case.ts'

const bound = 104
const expect104 = { ...expectations, fixed: [metric('latency_p99').atMost(bound)] }

/** The fix with these latencies, one a block, where control differs from control by this share. */
const fixWith = (latencies: readonly number[], noise: number) => {
  const again = inBlocks(
    'control',
    'latency_p99',
    latencies.map(() => 52 * (1 + noise)),
    { replica: 1 },
  )
  return judgeAll([...blocksOfEach(latencies.length, ...inBlocks('l7-proxy', 'latency_p99', latencies)), ...again], {
    expect: expect104,
  })['l7-proxy']
}
const stateWith = (latencies: readonly number[], noise: number) => fixWith(latencies, noise)?.decisions[0]?.rules[0]?.state

test('blocks that agree within the noise decide nothing: 103, 102, 103 against 104 where control differs by 10 %', () => {
  expect(stateWith([103, 102, 103], 0.1)).toBe('unsettled')
  expect(stateWith([105, 106, 105], 0.1), 'nor the other way').toBe('unsettled')
  expect(stateWith([103, 102, 103], 0.001), 'where control differs by less they do').toBe('holds')
})

test('two to five blocks within an A/A spread of the bound are open, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.96, max: 1.04, noNaN: true }), { minLength: 2, maxLength: 5 }), (ratios) => {
      expect(
        stateWith(
          ratios.map((ratio) => bound * ratio),
          0.05,
        ),
      ).toBe('unsettled')
    }),
    { numRuns: 50 },
  )
})

test('two controls that only rounding tells apart have no spread: a value at its bound is inside it', () => {
  const third = 1 / 3 + 5.6e-17
  const [first, second] = [
    inBlocks('control', 'top_share', [1 / 3, 1 / 3, 1 / 3]),
    inBlocks('control', 'top_share', [third, third, third], { replica: 1 }),
  ]
  expect(third).not.toBe(1 / 3)
  const { spread } = judgeCase([...blocksOfEach(3, ...first), ...second])
  expect(spread['top_share']).toMatchObject({ value: 0, ratio: 0 })
})

test('a share that is all in every block has no noise, however much that of control has', () => {
  const again = inBlocks('control', 'top_share', [0.44, 0.45], { replica: 1 })
  const incidentWith = (share: number) =>
    judgeAll([...blocksOfEach(2, ...inBlocks('incident', 'top_share', [share, share])), ...again]).incident?.verdict
  expect([incidentWith(1), incidentWith(0.96)]).toEqual(['reproduced', 'inconclusive'])
})

test('the reason names more blocks only where they would help: not where no pair of control trials shows the noise', () => {
  const { control } = judgeAll(blocksOfEach(3))
  expect(control).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringContaining('the noise is not known: no block has two valid trials of control'),
  })
  expect(control?.reason).not.toContain('more blocks')
})
