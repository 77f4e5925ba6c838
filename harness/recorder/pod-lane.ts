// The state of a pod, from its status and its earlier states.
import type { V1Pod } from '@kubernetes/client-node'
import type { Lane } from '../model/timeline.ts'

export interface StateText {
  readonly state: string
  /** The reason, as the cluster words it; empty: none. */
  readonly text: string
}

/**
 * Only its event shows reliably that a pod was evicted: if its processes exit with 0 on SIGTERM it ends as Succeeded, without
 * mention of an eviction (kubernetes/kubernetes issues 120182 and 141483). It stays evicted until its object is gone.
 */
export const podState = ({ metadata, spec, status }: V1Pod, before: readonly StateText[]): StateText => {
  const condition = (type: string) => status?.conditions?.find((each) => each.type === type)
  const known = before.findLast(({ state }) => state === 'evicted')
  if (known) return known
  if (status?.reason === 'Evicted') return { state: 'evicted', text: status.message ?? '' }
  const disruption = condition('DisruptionTarget')
  if (disruption?.reason === 'TerminationByKubelet') return { state: 'evicted', text: disruption.message ?? '' }
  if (metadata?.deletionTimestamp) return { state: 'terminating', text: disruption?.message ?? '' }
  if (status?.phase === 'Succeeded') return { state: 'succeeded', text: '' }
  if (status?.phase === 'Failed') return { state: 'failed', text: [status.reason, status.message].filter(Boolean).join(': ') }
  if (condition('Ready')?.status === 'True') return { state: 'ready', text: '' }
  if (!spec?.nodeName) return { state: 'pending', text: condition('PodScheduled')?.message ?? '' }
  return {
    state: before.some(({ state }) => state === 'ready') ? 'unready' : 'starting',
    text: condition('Ready')?.message ?? '',
  }
}

/** Facts that decide eviction and preemption, and the identity of the pod. */
export const podFacts = ({ metadata, spec, status }: V1Pod): NonNullable<Lane['pod']> => ({
  node: spec?.nodeName ?? null,
  priority: spec?.priority ?? 0,
  qos: status?.qosClass ?? '',
  uid: metadata?.uid ?? '',
  restarts: (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
})

/** Pods are grouped by their label app. */
export const podGroup = ({ metadata }: V1Pod): string => metadata?.labels?.app ?? metadata?.name ?? ''
