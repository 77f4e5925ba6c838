// Whether the machine was noisy: control against control in the metrics that rules judge.
import type { ScenarioRun } from '../../model/run.ts'
import { quietSpread } from '../../stats/spread.ts'

export interface Noise {
  readonly metric: string
  /** By how much two trials of control in one block differ, as a share. */
  readonly share: number
}

/** The judged metric whose A/A spread is largest, if it is above that of a quiet machine; null: none is. */
export const noiseOf = ({ method, spread, metrics }: ScenarioRun): Noise | null => {
  const judged = new Set(Object.values(method.expect).flatMap((rules = []) => rules.map(({ metric }) => metric)))
  const [most] = [...judged]
    .filter((metric) => metrics[metric]?.combined === 'median') // three failures instead of two are no noise
    .map((metric) => ({ metric, ratio: spread[metric]?.ratio ?? 0 }))
    .toSorted((a, b) => b.ratio - a.ratio)
  return most && most.ratio > quietSpread ? { metric: most.metric, share: Math.expm1(most.ratio) } : null
}
