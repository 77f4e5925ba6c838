// Pods keep their row from trial to trial, and a pod is hot when it nears all of the replies.
import { expect, it } from 'vitest'
import type { ScenarioRun } from '../../../model/run.ts'
import { exampleRun } from '../../../test/fixtures/report/example-run.ts'
import { podReplies } from './replies.ts'

const example = (): ScenarioRun => {
  const [scenario] = exampleRun().scenarios
  if (scenario === undefined) throw new Error('the example has a scenario')
  return scenario
}

it('gives a row to a pod that answered nothing', () => {
  expect(podReplies(example(), 'more-replicas', 1).rows).toHaveLength(6)
})

it('marks the seconds of the one pod that answers all', () => {
  const hot = podReplies(example(), 'incident', 1).blocks.flatMap((block) => block.seconds.map((second) => second.hot))
  expect(new Set(hot.map(String))).toEqual(new Set(['false,true,false']))
})

it('marks nothing where pods share', () => {
  expect(
    podReplies(example(), 'l7-proxy', 1).blocks.flatMap((block) => block.seconds.flatMap((second) => second.hot)),
  ).not.toContain(true)
})

it('seats a new pod in the row of the one that went, which then has no single name', () => {
  const scenario = example()
  const trials = scenario.trials.map((trial) =>
    trial.arm === 'l7-proxy' && trial.block === 1
      ? {
          ...trial,
          pods: trial.pods.map((pod, index) => (index === 2 ? 'server-new' : pod)),
          load: { ...trial.load, perSecond: [] },
        }
      : trial,
  )
  const { rows, blocks } = podReplies({ ...scenario, trials }, 'l7-proxy', 1)
  expect(rows.map((row) => row === null)).toEqual([false, false, true])
  expect(blocks[1]?.rows[2]).toBe('server-new')
})

it('leaves the gap between two trials', () => {
  expect(podReplies(example(), 'control', 2).blocks.map((block) => [block.fromSecond, block.toSecond])).toEqual([
    [0, 6],
    [8, 14],
  ])
})
