// Pairs of runs between which nothing changed, as they were measured: a run of six blocks makes two of three.
import { expect, test } from 'vitest'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import type { Run } from '../model/run.ts'
import { hotPod, later } from '../test/fixtures/accepted-runs.ts'
import { diffRuns } from './diff-runs.ts'

const withBlocks = (blocks: readonly number[]): Promise<Run> => {
  const measured = measuredOf(hotPod)
  const scenarios = measured.scenarios.map(({ trials, ...scenario }) => ({
    ...scenario,
    trials: trials.filter(({ block }) => blocks.includes(block)),
  }))
  return judgeRun({ ...measured, scenarios })
}

test.each([
  [0, 1, 2],
  [0, 1, 4],
  [0, 2, 4],
  [0, 3, 5],
  [0, 2, 5],
])('blocks %d, %d and %d of a run beside its other three: no answer at worst, and never a regression', async (...blocks) => {
  const others = [0, 1, 2, 3, 4, 5].filter((block) => !blocks.includes(block))
  const [one, other] = [await withBlocks(blocks), await withBlocks(others)]
  expect(one.scenarios[0]?.arms[1]?.metrics['latency_p99']?.blocks).toHaveLength(3)
  for (const diff of [diffRuns([one], later(other)), diffRuns([other], later(one))]) {
    expect(diff.answer).not.toBe('regressed')
    expect(diff.scenarios[0]?.arms.flatMap(({ metrics }) => metrics).length).toBeGreaterThan(15)
  }
})
