import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Run } from '../model/run.ts'
import { but, evicted, throttling } from '../test/fixtures/accepted-runs.ts'
import { Matrix, matrixOf } from './matrix.ts'

const on = (kubernetes: string, run: Run, changes: Partial<Run> = {}): Run => ({
  ...run,
  environment: { ...run.environment, kubernetes },
  ...changes,
})
test('each version has a column with the verdict of each arm, and the ratio to control of its own block, never a latency', () => {
  const newer = but(on('v1.36.3', throttling), 'remove-limit', () => ({ verdict: 'mitigated', asExpected: false }))
  const matrix = matrixOf([on('v1.34.4', throttling), newer])
  expect(matrix.versions.map(({ kubernetes }) => kubernetes)).toEqual(['v1.34.4', 'v1.36.3'])
  const [scenario] = matrix.scenarios
  const cells = scenario?.arms.find(({ name }) => name === 'remove-limit')?.cells
  expect(cells).toMatchObject([
    { verdict: 'fixed', asExpected: true },
    { verdict: 'mitigated', asExpected: false },
  ])
  expect(cells?.[0]?.ratios['latency_p99'], 'of a fixed arm it is near 1').toBeCloseTo(1, 0)
  expect(scenario?.arms.find(({ name }) => name === 'control')?.cells[0]?.ratios, 'control is what is divided by').toEqual({})
})

test('a message on one version only is reported, but not one of an arm that only one version has', () => {
  const reworded = but(on('v1.36.3', evicted), 'incident', () => ({
    proof: ['scheduler: 0/7 nodes are available: preemption is not what it was'],
  }))
  const alone = on('v1.34.4', evicted)
  const [found] = matrixOf([alone, reworded]).scenarios
  expect(found?.wordings).toContainEqual({ text: 'preemption is not what it was', said: [false, true] })

  const without = {
    ...reworded,
    scenarios: reworded.scenarios.map((scenario) => ({
      ...scenario,
      arms: scenario.arms.filter(({ name }) => name !== 'incident'),
    })),
  }
  const [less] = matrixOf([alone, without]).scenarios
  expect(less?.wordings.map(({ text }) => text)).not.toContain('preemption is not what it was')
  expect(less?.arms.find(({ name }) => name === 'incident')?.cells[1]).toBeNull()
})

test.each([
  ['skipped', { scenarios: [], skipped: [{ slug: 'cpu-limit-throttling', title: '', reason: 'no CFS' }] }, 'skipped: no CFS'],
  ['not come to', { scenarios: [], finishedAt: null }, 'the run was cut off before it'],
  ['not asked for', { scenarios: [] }, 'not in this run'],
])('a scenario that was %s on a version has the reason there, and its arms have no verdict', (_, changes, why) => {
  const [scenario] = matrixOf([on('v1.34.4', throttling), on('v1.36.3', throttling, changes)]).scenarios
  expect(scenario?.missing).toEqual([null, why])
  expect(scenario?.arms.map(({ cells }) => cells[1])).toEqual(scenario?.arms.map(() => null))
})

test('two runs of one version are refused as wrong usage, with the name of the version', () => {
  expect(() => matrixOf([throttling, evicted])).toThrow(
    expect.objectContaining({
      exit: 'usage',
      message: expect.stringContaining(`are of Kubernetes ${throttling.environment.kubernetes}`),
    }),
  )
})

test('the published JSON Schema of a matrix is the one of the model (vitest -u writes it), and a matrix is valid under it', async () => {
  const schema = { $id: 'kubernetes-incident-lab/matrix/1', title: 'Arms × versions of Kubernetes', ...z.toJSONSchema(Matrix) }
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../reports/matrix.schema.json')
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  const matrix = matrixOf([throttling, on('v1.36.3', evicted)])
  expect([validate(JSON.parse(JSON.stringify(matrix))), validate.errors]).toEqual([true, null])
})
