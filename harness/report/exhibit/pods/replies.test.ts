// The first row is the busiest pod of each trial, whichever that is, and a pod is hot when it nears all of the replies.
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
  expect(new Set(hot.map(String))).toEqual(new Set(['true,false,false']))
})

it('marks nothing where pods share', () => {
  expect(
    podReplies(example(), 'l7-proxy', 1).blocks.flatMap((block) => block.seconds.flatMap((second) => second.hot)),
  ).not.toContain(true)
})

it('gives the busiest pod all replies, though each block has another one', () => {
  const { rows, blocks } = podReplies(example(), 'incident', 1)
  expect(rows.map(({ name, share }) => [name, share])).toEqual([
    ['busiest', 1],
    ['2nd', 0],
    ['3rd', 0],
  ])
  const scenario = example()
  const [first = '', second = ''] = blocks[0]?.rows ?? []
  const swapped: Record<string, string> = { [first]: second, [second]: first }
  const trials = scenario.trials.map((trial) => ({
    ...trial,
    load: {
      ...trial.load,
      perSecond: trial.load.perSecond.map((each) => ({
        ...each,
        pods:
          trial.block === 0
            ? each.pods
            : Object.fromEntries(Object.entries(each.pods).map(([pod, count]) => [swapped[pod] ?? pod, count])),
      })),
    },
  }))
  expect(podReplies({ ...scenario, trials }, 'incident', 1).rows.map(({ share }) => share)).toEqual([1, 0, 0])
})

it('gives the median of the shares, and leaves out trials that do not count', () => {
  const scenario = example()
  const trials = scenario.trials.map((trial) => (trial.block === 0 ? trial : { ...trial, invalid: ['the host was busy'] }))
  const { rows } = podReplies({ ...scenario, trials }, 'l7-proxy', 1)
  expect(rows[0]?.share).toBeCloseTo(1 / 3, 2)
  expect(podReplies({ ...scenario, trials: [] }, 'l7-proxy', 1).rows).toEqual([])
})

it('leaves the gap between two trials', () => {
  expect(podReplies(example(), 'control', 2).blocks.map((block) => [block.fromSecond, block.toSecond])).toEqual([
    [0, 6],
    [8, 14],
  ])
})
