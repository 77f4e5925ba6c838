// The interface of a model: a file of this folder that predicts measurements from a few figures.
import type { MetricDefinition } from '../model/metric.ts'
import type { Metric } from '../model/run.ts'

type Metrics = Readonly<Record<string, Metric>>

export interface Model {
  /** Its inputs from control, by name: their labels and units. */
  readonly figures: Readonly<Record<string, Pick<MetricDefinition, 'label' | 'unit' | 'decimals'>>>
  /** What it does and what it leaves out, for a reader of the report. */
  readonly about: string
  /** Inputs of the model from the healthy control; undefined while that is not measured. */
  readonly learn: (control: Metrics, rateRps: number) => Readonly<Record<string, number>> | undefined
  /** Predicted values, by metric, for an arm with the settings in its metrics. */
  readonly predict: (from: Readonly<Record<string, number>>, arm: Metrics) => Readonly<Record<string, number>>
}
