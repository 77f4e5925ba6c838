// The definition of a metric. Its probe defines it once; run.json contains the definition, so that a run is self-describing.
import * as z from 'zod'

export const MetricDefinition = z
  .strictObject({
    label: z.string().describe('its label'),
    brief: z.string().optional().describe('a short label'),
    meaning: z.string().optional().describe('its meaning, in a line'),
    unit: z.string(),
    counts: z.literal(true).optional().describe('the label already contains the unit'),
    decimals: z.int().min(0).optional().describe('digits after the point; else they follow from unit and size'),
    combined: z.enum(['median', 'sum']).describe('how the value of an arm follows from those of its trials'),
    observation: z.enum(['request', 'trial']).describe('one observation: an answered request, or a whole trial'),
    better: z.enum(['lower', 'higher']).optional().describe('set if arms are compared by it, paired by block'),
  })
  .describe('definition of a metric')
export type MetricDefinition = z.infer<typeof MetricDefinition>

/** By name of the metric. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>

/** Units shown as a percentage, as a word, or not at all. */
const unwritten = new Set(['', 'ratio', 'r', 'yes'])

/** The unit next to a number or a label; empty if either already contains it. */
export const unitBeside = (metrics: MetricDefinitions, name: string): string => {
  const { unit = '', counts } = (Object.hasOwn(metrics, name) ? metrics[name] : undefined) ?? {}
  return counts || unwritten.has(unit) ? '' : unit
}

/** The label of a metric; its name if it has no definition. */
export const labelOf = (metrics: MetricDefinitions, name: string): string =>
  (Object.hasOwn(metrics, name) ? metrics[name]?.label : undefined) ?? name.replaceAll('_', ' ')
