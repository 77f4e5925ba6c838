// How far the CPU model's p99 is off, as docs/evidence/predict.ts measures it.
import { readFileSync } from 'node:fs'
import * as z from 'zod'

const Errors = z
  .strictObject({ points: z.int(), median: z.number(), largest: z.number() })
  .describe('of |predicted ÷ reference − 1| of p99, over so many points')

const ModelError = z.strictObject({
  kernel: Errors.describe('from a simulation of the kernel’s code, over a grid of limits, costs, spreads and rates'),
  measured: Errors.describe('from arms that were measured on a cluster'),
})
export type ModelError = z.infer<typeof ModelError>

/** Not a constant: `docs/evidence/predict.test.ts` compares the file with what it measures. */
export const modelError = ModelError.parse(JSON.parse(readFileSync(new URL('model-error.json', import.meta.url), 'utf8')))

/** By how much a limit that the model calls enough is raised, to be safe. */
export const margin = Math.max(modelError.kernel.largest, modelError.measured.largest)
