import { expect, test } from 'vitest'
import type { ScenarioRun } from '../../model/run.ts'
import { exampleRun } from '../../test/fixtures/report/example-run.ts'
import { added, addedRemarks } from './costs.ts'

/** Remarks on the latency that l7-proxy adds. */
const remarks = (change: (scenario: ScenarioRun) => Partial<ScenarioRun>): string[] => {
  const [scenario] = exampleRun().scenarios
  const arm = scenario?.arms.find(({ name }) => name === 'l7-proxy')
  const more = scenario && arm && added({ ...scenario, ...change(scenario) }, arm, 'latency_p99')
  return more ? addedRemarks(more) : []
}

test('without a pair of control trials no difference is more than noise, and none is less: the remark says that there is no spread', () => {
  expect(remarks(() => ({ spread: {} }))).toContain('no A/A spread to compare with')
  expect(remarks(() => ({}))).not.toContain('no A/A spread to compare with')
})
