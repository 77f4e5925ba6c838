// What the report's Method says of rules is what the judge does: each phrase with the smallest case that shows it.
import { expect, test } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import { metric } from '../model/rule.ts'
import type { Trial } from '../model/trial.ts'
import { methodWords } from '../report/exhibit/method/words.ts'
import { hotPod } from './fixtures/accepted-runs.ts'
import { exampleRun } from './fixtures/report/example-run.ts'
import { blocksOfEach, expectations, inBlocks, judgeAll } from './fixtures/hot-pod-case.ts'

const [scenario] = exampleRun().scenarios
const words = new Map(scenario ? methodWords(scenario, 1) : []).get('Rules') ?? ''

/** What becomes of the rule p99 ≤ 104 ms with these blocks, where control differs from control by this share. */
const stateOf = (latencies: readonly number[], noise: number | null): string | undefined => {
  const again =
    noise === null
      ? []
      : inBlocks(
          'control',
          'latency_p99',
          latencies.map(() => 52 * (1 + noise)),
          { replica: 1 },
        )
  return stateIn([...blocksOfEach(latencies.length, ...inBlocks('l7-proxy', 'latency_p99', latencies)), ...again])
}
const rules = { ...expectations, fixed: [metric('latency_p99').atMost(104)] }
const stateIn = (trials: readonly Trial[], expected: typeof rules = rules): string | undefined =>
  judgeAll(trials, { expect: expected })['l7-proxy']?.decisions[0]?.rules[0]?.state

test.each([
  ['The exact Hodges–Lehmann interval of the margin to the bound decides', [90, 91, 92, 93, 94, 95], 0.5, 'holds'],
  ['fails when all is outside', [110, 111, 112, 113, 114, 115], 0.5, 'fails'],
  ['and is not settled otherwise', [90, 91, 92, 93, 94, 115], 0.001, 'unsettled'],
  ['With fewer blocks all of them must agree', [60, 110], 0.001, 'unsettled'],
  ['the middle one must be clear of the bound by the A/A spread', [103, 102, 103], 0.1, 'unsettled'],
  ['from 3 blocks on the middle one is enough, so that one odd block does not decide', [60, 61, 200], 0.1, 'holds'],
  ['Without an A/A spread nothing is settled', [60, 61, 62], null, 'unsettled'],
] as const)('%s', (phrase, latencies, noise, state) => {
  expect(words).toContain(phrase)
  expect(stateOf(latencies, noise)).toBe(state)
})

test('A claim that arms differ must then also be 3 times the A/A spread', () => {
  expect(words).toContain('A claim that arms differ must then also be 3 times the A/A spread')
  const claim = { ...expectations, fixed: [metric('latency_p99').atMost({ times: 0.9, of: 'incident.latency_p99' })] }
  const fix = inBlocks('l7-proxy', 'latency_p99', [350, 350, 350])
  const again = (noise: number) =>
    inBlocks(
      'control',
      'latency_p99',
      [52, 52, 52].map((each) => each * (1 + noise)),
      { replica: 1 },
    )
  const stateWith = (noise: number) => stateIn([...blocksOfEach(3, ...fix), ...again(noise)], claim)
  expect([stateWith(0.1), stateWith(0.05)]).toEqual(['unsettled', 'holds'])
})

test('Counts are compared as sums, and a metric that one valid trial lacks was not measured', () => {
  expect(words).toContain('Counts are compared as sums. A metric that one valid trial lacks was not measured')
  const ten = { ...expectations, fixed: [metric('failed_requests').atMost(10)] }
  const failing = inBlocks('l7-proxy', 'failed_requests', [0, 12, 0])
  const again = inBlocks('control', 'latency_p99', [52, 52, 52], { replica: 1 })
  expect(stateIn([...blocksOfEach(3, ...failing), ...again], ten)).toBe('fails')
  const lacking = failing.map((trial) => (trial.block === 1 ? { ...trial, metrics: { latency_p99: 50 } } : trial))
  expect(stateIn([...blocksOfEach(3, ...lacking), ...again], ten)).toBe('missing')
})

/** The accepted run of twelve arms, its eight blocks measured so many times. */
const errorOf = async (times: number): Promise<string> => {
  const run = measuredOf(hotPod)
  const scenarios = run.scenarios.map((each) => ({
    ...each,
    trials: Array.from({ length: times }, (_, round) =>
      each.trials.map((trial) => ({ ...trial, block: trial.block + 8 * round })),
    ).flat(),
  }))
  const [judged] = (await judgeRun({ ...run, scenarios })).scenarios
  return new Map(judged ? methodWords(judged, 1) : []).get('Error') ?? ''
}

test('with blocks enough for an interval the Method has the error of the run, with fewer it has none', async () => {
  expect(await errorOf(2)).toMatch(/^By chance at most 5 % of runs like this one give any wrong verdict under steady load\./)
  expect(await errorOf(1)).toMatch(/^With 8 blocks there is no exact limit for wrong verdicts\./)
})
