// Detects trials that measured the load generator instead of the system.
import type { HostUse, LoadResult, TrialLimits } from '../model/trial.ts'
import { hostFaults } from './host-faults.ts'

/** Reasons from load and host why the trial is invalid. `changed`: the arm changed something under load. */
export const trialFaults = (load: LoadResult, host: HostUse, limits: TrialLimits, changed = false): string[] => [
  ...loadFaults(load, limits, changed),
  ...hostFaults(host, limits),
]

/** Reasons why the trial is invalid; empty if the load was as ordered. `changed`: the arm changed something under load. */
export const loadFaults = (load: LoadResult, limits: TrialLimits, changed = false): string[] => {
  const lagLimitMs = (changed ? limits.changeSendLagP99Ms : undefined) ?? limits.sendLagP99Ms
  const lagMs = (load.sendLagUs?.p99 ?? 0) / 1000
  const ratio = load.sent / load.intended
  return [
    ...(lagMs > lagLimitMs ? [`the generator sent late: p99 of its lag ${lagMs.toFixed(1)} ms, limit ${lagLimitMs} ms`] : []),
    ...(ratio < limits.achievedRateRatio
      ? [`the generator sent ${(ratio * 100).toFixed(1)} % of the requests due, limit ${limits.achievedRateRatio * 100} %`]
      : []),
  ]
}
