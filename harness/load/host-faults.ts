// Whether other activity of the machine spoils a trial.
import type { HostUse, TrialLimits } from '../model/trial.ts'

/** Reasons why the trial is invalid; empty if the host was quiet. */
export const hostFaults = (host: HostUse, limits: Pick<TrialLimits, 'hostSteal' | 'hostOthers'>): string[] => {
  const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`
  return [
    ...(host.steal > limits.hostSteal
      ? [`the hypervisor took ${percent(host.steal)} of the host's CPU time for others, limit ${percent(limits.hostSteal)}`]
      : []),
    ...(host.others > limits.hostOthers
      ? [`processes outside the cluster used ${percent(host.others)} of the host's CPU time, limit ${percent(limits.hostOthers)}`]
      : []),
    ...(host.throttledPeriods > 0
      ? [`a CPU quota on the node, or around this machine, stopped it in ${host.throttledPeriods} periods`]
      : []),
    ...(Math.abs(host.clockOffsetMs ?? 0) > clockLimitMs
      ? [
          `the clock of the nodes is ${apart(host.clockOffsetMs ?? 0)} the lab's, limit ${clockLimitMs} ms: set both by the same time service`,
        ]
      : []),
  ]
}

/** Pod timestamps are compared with the lab's own, to a tenth of a second. */
const clockLimitMs = 100

const apart = (ms: number): string => `at least ${Math.abs(ms).toFixed(0)} ms ${ms > 0 ? 'ahead of' : 'behind'}`
