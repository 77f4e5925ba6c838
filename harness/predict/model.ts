// What a model is: a file of this folder that says what a measurement should come to, from a few figures.
import type { MetricDefinition } from '../model/metric.ts'
import type { Metric } from '../model/run.ts'

type Metrics = Readonly<Record<string, Metric>>

export interface Model {
  /** The figures it takes from control, by name: what a reader calls them, and their units. */
  readonly figures: Readonly<Record<string, Pick<MetricDefinition, 'label' | 'unit' | 'decimals'>>>
  /** What it does and what it leaves out, for a reader of the report. */
  readonly about: string
  /** What the model takes from the healthy control; undefined while that was not measured. */
  readonly learn: (control: Metrics, rateRps: number) => Readonly<Record<string, number>> | undefined
  /** Predicted values, by metric, of an arm that is set as its own metrics say. */
  readonly predict: (from: Readonly<Record<string, number>>, arm: Metrics) => Readonly<Record<string, number>>
}
