// What happened in the incident's episodes, as a headline says it: who was hurt, and for how long nobody was served.
import type { ArmRun } from '../../model/run.ts'
import { quantity } from '../numbers/quantity.ts'
import { lengthText } from './time-words.ts'

const value = ({ metrics }: ArmRun, name: string): number => metrics[name]?.value ?? 0

/** A metric in seconds, as a headline has it: whole ones from 10 on. */
const told = (arm: ArmRun, name: string): string => lengthText(value(arm, name) * 1000)

/** A critical pod that makes room for others and does not come back; null where that was not measured. */
export const displaced = (arm: ArmRun): string | null => {
  const { critical_evictions: evictions, critical_pending_s: pending, client_down_s: down } = arm.metrics
  if (evictions === undefined || pending === undefined || down === undefined) return null
  const client =
    value(arm, 'client_down_s') === 0 ? 'the client was never down' : `the client was down for ${told(arm, 'client_down_s')}`
  if (evictions.value === 0) return `the critical pod was not evicted; ${client}`
  return `the critical pod was evicted and its replacement stayed pending for ${told(arm, 'critical_pending_s')}; ${client}`
}

/** Pods that pay for another one's doing; null where that was not measured. */
export const innocents = (arm: ArmRun): string | null => {
  const count = arm.metrics['innocents_before_culprit']
  if (count === undefined) return null
  const who = count.value === 1 ? '1 innocent pod was' : `${count.value} innocent pods were`
  const first = value(arm, 'first_innocent_s') > 0 ? `, the first after ${told(arm, 'first_innocent_s')}` : ''
  return count.value === 0 ? 'no innocent pod was evicted before the flooder' : `${who} evicted before the flooder${first}`
}

/** Pods that nobody lets go, and the addresses they hold; null where that was not measured. */
export const stuck = (arm: ArmRun): string | null => {
  const { fleet_pods: pods, fleet_all_stuck_s: length, addresses_node: held, pool_addresses: pool } = arm.metrics
  if (pods === undefined || length === undefined || held === undefined || pool === undefined) return null
  if (length.value === 0) return `the ${pods.value} pods did not hang in Terminating all at once`
  const canary = value(arm, 'canary_ready_at_end') === 0 ? 'no new pod could start' : 'a new pod started'
  return `all ${pods.value} pods hung in Terminating for ${told(arm, 'fleet_all_stuck_s')}; ${held.value} of ${pool.value} addresses were in use, and ${canary}`
}

/** A process that goes on with an old configuration; null where that was not measured. */
export const stale = (arm: ArmRun): string | null => {
  const { changes_missed: missed, failed_while_stale: failed, stale_s: length } = arm.metrics
  if (missed === undefined || failed === undefined || length === undefined) return null
  if (missed.value === 0) return 'every change of the configuration came to be used'
  return `the pods went on with the old configuration for ${told(arm, 'stale_s')}, until the end; ${quantity(failed.value, failed.unit)} of the requests failed`
}
