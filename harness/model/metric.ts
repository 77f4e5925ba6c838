// What a metric is. The probe that yields it defines it once; run.json carries the definition, so that a run explains itself.
import * as z from 'zod'

export const MetricDefinition = z
  .strictObject({
    label: z.string().describe('what a reader calls it'),
    brief: z.string().optional().describe('the label where room is scarce'),
    meaning: z.string().optional().describe('what is counted, in a line'),
    unit: z.string(),
    counts: z.literal(true).optional().describe('the unit is what is counted, and the label says it'),
    decimals: z.int().min(0).optional().describe('digits after the point; else they follow from unit and size'),
    combined: z.enum(['median', 'sum']).describe('how the value of an arm follows from those of its trials'),
    observation: z.enum(['request', 'trial']).describe('what one observation is: a request that was answered, or a whole trial'),
    better: z.enum(['lower', 'higher']).optional().describe('set where arms are compared by it, block against block'),
  })
  .describe('what a metric is')
export type MetricDefinition = z.infer<typeof MetricDefinition>

/** By name of the metric. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>

/** Units that are written as a percentage, as a word, or not at all. */
const unwritten = new Set(['', 'ratio', 'r', 'yes'])

/** The unit beside a number or a label; empty where the label or the number says it. */
export const unitBeside = (metrics: MetricDefinitions, name: string): string => {
  const { unit = '', counts } = (Object.hasOwn(metrics, name) ? metrics[name] : undefined) ?? {}
  return counts || unwritten.has(unit) ? '' : unit
}

/** The label of a metric; one that nobody defined goes by its name. */
export const labelOf = (metrics: MetricDefinitions, name: string): string =>
  (Object.hasOwn(metrics, name) ? metrics[name]?.label : undefined) ?? name.replaceAll('_', ' ')
