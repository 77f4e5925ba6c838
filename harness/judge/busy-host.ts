// Whether other work of the host is why an arm has no verdict.
import type { CheckedRule } from '../model/run.ts'
import { isValid } from '../model/trial.ts'
import type { Trial, TrialLimits } from '../model/trial.ts'

export type HostLimits = Pick<TrialLimits, 'hostSteal' | 'hostOthers'>

/** Of an arm without a verdict: the reason is the host. */
export const busyHost = { because: 'busy-host' } as const

/** An invalid trial in which the hypervisor, or processes outside the cluster, took more than the limit. */
export const wasSpoiled = (trial: Pick<Trial, 'invalid' | 'host'>, { hostSteal, hostOthers }: HostLimits): boolean =>
  !isValid(trial) && (trial.host.steal > hostSteal || trial.host.others > hostOthers)

/** Whether rules are open, and each of them for too few valid trials: further ones may settle it. */
export const lacksBlocks = (rules: readonly Pick<CheckedRule, 'state' | 'because'>[]): boolean => {
  const open = rules.filter(({ state }) => state === 'unsettled' || state === 'missing')
  return open.length > 0 && open.every(({ because }) => because === 'too-few-blocks' || because === 'noise-unknown')
}
