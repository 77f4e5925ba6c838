// Predictions beside what was measured.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'

/** One number of the model; `measured` and `error` are null where there is nothing to hold it against. */
export type Held = {
  readonly predicted: number
  readonly measured: number | null
  readonly unit: string
  readonly error: number | null
}

const errorOf = (predicted: number, measured: number): number | null => {
  if (predicted === measured) return 0
  return measured === 0 ? null : (predicted - measured) / Math.abs(measured)
}

/** Arms the model says something of. */
export const predictedArms = (scenario: ScenarioRun): ArmRun[] => scenario.arms.filter((arm) => arm.predictions.length > 0)

/** Names of the metrics the model predicts. */
export const predictedMetrics = (scenario: ScenarioRun): string[] => [
  ...new Set(scenario.arms.flatMap((arm) => arm.predictions.map((prediction) => prediction.metric))),
]

/** The prediction of a metric beside what the arm measured; null where there is none. The error is a share of what was measured. */
export const heldAgainst = (arm: ArmRun, name: string): Held | null => {
  const prediction = arm.predictions.find((each) => each.metric === name)
  if (prediction === undefined) return null
  const { predicted } = prediction
  const measured = arm.metrics[name]
  return {
    predicted,
    measured: measured?.value ?? null,
    unit: measured?.unit ?? '',
    error: measured === undefined ? null : errorOf(predicted, measured.value),
  }
}
