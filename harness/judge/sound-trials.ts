// Whether the trials of a run are consistent: no block counts twice, second deployments are of control, no latency is negative.
import type { MeasuredScenario } from '../model/run.ts'
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import { nameOfKind } from './judge.ts'

type Of = Pick<MeasuredScenario, 'slug' | 'arms' | 'metrics' | 'trials'>

/** Why these trials cannot be judged; null: they can. */
export const unsoundness = (scenario: Of): string | null => {
  const control = nameOfKind(scenario.arms, 'control')
  const seen = new Set<string>()
  for (const trial of scenario.trials) {
    const of = `${scenario.slug}, ${trial.arm}, block ${trial.block + 1}`
    if (trial.replica > 0 && trial.arm !== control) return `${of}: only ${control} is deployed twice in a block`
    const negative = negativeLatency(scenario, trial)
    if (negative !== null) return `${of}: ${negative} is negative`
    const slot = `${trial.arm} ${trial.block} ${trial.replica}`
    if (isValid(trial) && seen.has(slot)) return `${of}: two valid trials of one arm have the same block`
    if (isValid(trial)) seen.add(slot)
  }
  return null
}

const negativeLatency = ({ metrics }: Of, trial: Trial): string | null => {
  const isLatency = (name: string): boolean => metrics[name]?.unit === 'ms' && metrics[name].observation === 'request'
  const found = Object.entries(trial.metrics).find(([name, value]) => isLatency(name) && value < 0)
  if (found) return found[0]
  const { latencyUs } = trial.load
  return latencyUs && Object.values(latencyUs).some((value) => value < 0) ? 'a latency of its load' : null
}
