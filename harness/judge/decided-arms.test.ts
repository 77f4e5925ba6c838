import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MeasuredScenario } from '../model/run.ts'
import { arms, blocksOfEach, expectations, inBlocks, names } from '../test/fixtures/hot-pod-case.ts'
import { hotPod } from '../test/fixtures/accepted-runs.ts'
import { definitions } from '../test/fixtures/trials.ts'
import { decidedArms } from './decided-arms.ts'
import { measuredOf } from './judge-run.ts'
import { judge } from './judge.ts'
import { caseOf } from './scenario-case.ts'

const looks = [
  { blocks: 12, share: 0.5 },
  { blocks: 16, share: 0.25 },
  { blocks: 20, share: 0.25 },
]
const design = { deployments: [], trials: [], looks, seconds: 0, floorSeconds: 0 }
const [recorded] = measuredOf(hotPod).scenarios
if (!recorded) throw new Error('there is no accepted run of http2-hot-pod')
const steadyArms = arms.length

/** Five arms, measured in so many blocks as in the small case, but for the fix's p99 in each block. */
const measured = (blocks: number, fixMs: readonly number[] = []): MeasuredScenario => ({
  ...recorded,
  design,
  method: { ...recorded.method, expect: expectations },
  metrics: definitions,
  arms: recorded.arms.filter(({ name }) => names.includes(name)),
  trials: blocksOfEach(blocks, ...inBlocks('l7-proxy', 'latency_p99', fixMs.slice(0, blocks))),
})
const decided = (scenario: MeasuredScenario): string[] => [...decidedArms(scenario, { steadyArms })]
/** Inside its bound of 67 ms in every other block. */
const atItsBound = Array.from({ length: 20 }, (_, block) => (block % 2 === 0 ? 60 : 75))

test('at the first look every arm that is clear of its bounds is decided, control and incident with the last', () => {
  expect(decided(measured(12)).toSorted()).toEqual(names.toSorted())
})

test('between looks and before the first one no arm is decided, however clear it is', () => {
  expect([1, 2, 11, 13, 15, 19].map((blocks) => decided(measured(blocks)))).toEqual([[], [], [], [], [], []])
})

test('a run that looks once, at its end, or an older one without a design stops no arm before', () => {
  const { design: _none, ...older } = measured(12)
  expect(decided(older)).toEqual([])
  expect(decided({ ...measured(12), design: { ...design, looks: [{ blocks: 20, share: 1 }] } })).toEqual([])
})

test('an arm at its bound stays, and control and incident with it, since its blocks are compared with theirs', () => {
  expect([12, 16, 20].map((blocks) => decided(measured(blocks, atItsBound)))).toEqual([
    ['max-connection-age', 'more-replicas'],
    ['max-connection-age', 'more-replicas'],
    ['max-connection-age', 'more-replicas'],
  ])
})

test('an arm of which too few blocks are valid for an exact interval stays, however clear those are', () => {
  const withInvalid = (count: number): MeasuredScenario => {
    const scenario = measured(12)
    const invalid = (arm: string, block: number): boolean => arm === 'l7-proxy' && block < count
    return {
      ...scenario,
      trials: scenario.trials.map((trial) =>
        invalid(trial.arm, trial.block) ? { ...trial, invalid: ['the host was busy'] } : trial,
      ),
    }
  }
  expect(decided(withInvalid(3))).toContain('l7-proxy') // nine of twelve: the least at 0.05 / 5 / 2
  expect(decided(withInvalid(4))).not.toContain('l7-proxy')
})

test('where control is not healthy or the incident does not occur no remedy is decided', () => {
  const but = (arm: string, metric: string, value: number): string[] => {
    const scenario = measured(12)
    const changed = scenario.trials.map((trial) =>
      trial.arm === arm ? { ...trial, metrics: { ...trial.metrics, [metric]: value } } : trial,
    )
    return decided({ ...scenario, trials: changed })
  }
  expect(but('control', 'effective_pods', 1)).toEqual([])
  expect(but('incident', 'top_share', 0.3)).toEqual([])
})

const latency = fc.double({ min: 40, max: 100, noNaN: true })

test('an arm that left keeps its verdict while the others are measured further', () => {
  fc.assert(
    fc.property(
      fc.array(latency, { minLength: 20, maxLength: 20 }),
      fc.array(latency, { minLength: 20, maxLength: 20 }),
      (fix, control) => {
        let left = new Map<string, string | undefined>()
        for (const { blocks } of looks) {
          const whole = measured(blocks, fix)
          const withControl = [
            ...whole.trials.filter(({ arm }) => arm !== 'control'),
            ...inBlocks('control', 'latency_p99', control.slice(0, blocks)),
          ]
          const gone = left
          const trials = withControl.filter(({ arm, block }) => !gone.has(arm) || block < 12)
          const scenario = { ...whole, trials }
          const verdicts = judge(caseOf(scenario, { seed: null, steadyArms })).arms
          for (const [arm, verdict] of left) expect(verdicts[arm]?.verdict).toBe(verdict)
          const now = decidedArms(scenario, { steadyArms })
          for (const arm of left.keys()) expect(now.has(arm)).toBe(true)
          if (blocks === 12) left = new Map([...now].map((arm) => [arm, verdicts[arm]?.verdict]))
          for (const arm of now) expect(verdicts[arm]?.verdict).not.toBe('inconclusive')
        }
      },
    ),
    { numRuns: 100 },
  )
})
