import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Scenario } from '../model/scenario.ts'
import httpHotPod from '../../scenarios/http2-hot-pod/scenario.ts'

const schema = {
  $id: 'kubernetes-incident-lab/scenario/1',
  title: 'What a scenario file exports',
  ...z.toJSONSchema(Scenario, { io: 'input' }),
}

test('the published JSON Schema of a scenario is the one of the model (vitest -u writes it)', async () => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../reports/scenario.schema.json')
})

test('a scenario of the lab is valid under it, and one with an unknown field is not', () => {
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  expect([validate(JSON.parse(JSON.stringify(httpHotPod))), validate.errors]).toEqual([true, null])
  expect(validate({ ...JSON.parse(JSON.stringify(httpHotPod)), colour: 'red' })).toBe(false)
})
