// Reads a run of the schema before this one as one of this schema. Everything else is for the schema to refuse.
import { Run } from '../model/run.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inEach = (value: unknown, change: (item: Readonly<Record<string, unknown>>) => unknown): unknown =>
  Array.isArray(value) ? value.map((item: unknown) => (isObject(item) ? change(item) : item)) : value

const { value: current } = Run.shape.schemaVersion
const older = 4

/** The schemas that the lab reads. */
export const readable = [older, current] as const

/** Schema 4 said `again` of the second trial of control. */
export const upgraded = (found: unknown): unknown => {
  if (!isObject(found) || found['schemaVersion'] !== older) return found
  const scenarios = inEach(found['scenarios'], (scenario) => ({
    ...scenario,
    trials: inEach(scenario['trials'], ({ again, ...trial }) =>
      again === undefined ? trial : { ...trial, replica: Number(again) },
    ),
  }))
  return { ...found, schemaVersion: current, scenarios }
}
