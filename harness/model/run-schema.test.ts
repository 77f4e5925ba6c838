import { readFile } from 'node:fs/promises'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { exampleRun } from '../test/fixtures/report/example-run.ts'
import { Run } from '../model/run.ts'

const published = '../../reports/run.schema.json'

test('the published JSON Schema is the one of the model (vitest -u writes it)', async () => {
  const schema = { $id: 'kubernetes-incident-lab/run/4', title: 'A run of the Kubernetes incident lab', ...z.toJSONSchema(Run) }
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(published)
})

test('a run is valid under the published JSON Schema, and one without a verdict is not', async () => {
  const schema = JSON.parse(await readFile(new URL(published, import.meta.url), 'utf8')) as object
  const validate = formats.default(new Ajv.default({ strict: false })).compile(schema)
  const run = JSON.parse(JSON.stringify(exampleRun())) as { scenarios: { verdict?: string }[] }
  expect([validate(run), validate.errors]).toEqual([true, null])
  delete run.scenarios[0]?.verdict
  expect(validate(run)).toBe(false)
})
