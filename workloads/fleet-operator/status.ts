// Decides what is said of a fleet: how many pods it has, how many are ready, and whether that is what was asked for.
import type { Condition, Fleet, FleetStatus } from './fleet.ts'
import type { FleetPod } from './pod.ts'

/** The status to write, or undefined when the fleet's says the same already. `pods` are those the fleet owns. */
export const newStatus = (fleet: Fleet, pods: readonly FleetPod[], now: Date): FleetStatus | undefined => {
  const kept = pods.filter(({ isDeleted }) => !isDeleted)
  const ready = kept.filter(({ isReady }) => isReady).length
  const observedGeneration = fleet.metadata.generation ?? 0
  const condition = readyCondition(fleet, ready, observedGeneration, now)
  const status = { observedGeneration, pods: kept.length, ready, conditions: [condition] }
  return fleet.status !== undefined && isSame(fleet.status, status) ? undefined : status
}

const readyCondition = (fleet: Fleet, ready: number, observedGeneration: number, now: Date): Condition => {
  const before = fleet.status?.conditions?.find(({ type }) => type === 'Ready')
  const isReady = ready === fleet.spec.pods
  const status = isReady ? 'True' : 'False'
  return {
    type: 'Ready',
    status,
    reason: isReady ? 'AllReady' : 'PodsNotReady',
    message: `${ready} of ${fleet.spec.pods} pods are ready`,
    observedGeneration,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : now.toISOString(),
  }
}

// The API server is free to order the fields anew.
const isSame = (a: FleetStatus, b: FleetStatus): boolean => comparable(a) === comparable(b)

const comparable = ({ observedGeneration, pods, ready, conditions = [] }: FleetStatus): string => {
  const said = conditions.map((each) => [each.type, each.status, each.reason, each.message, each.observedGeneration])
  return JSON.stringify([observedGeneration, pods, ready, said])
}
