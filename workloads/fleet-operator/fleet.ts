// Decides what a Fleet is, and what a pod made for it looks like.
import type { KubernetesObject, V1ObjectMeta, V1Pod, V1PodSpec } from '@kubernetes/client-node'

/** Where Fleets are in the API. */
export const resource = { group: 'incident-lab.example', version: 'v1', plural: 'fleets' } as const
/** `apiVersion` and `kind` of a Fleet. */
export const fleetType = { apiVersion: `${resource.group}/${resource.version}`, kind: 'Fleet' } as const
/** Keeps the object of a pod until its address is no longer on record. */
export const finalizer = `${resource.group}/address-record`
/** Label of every pod of a fleet, with the fleet's name. */
export const fleetLabel = `${resource.group}/fleet`

/** A number of alike pods, as the API server has it. */
export interface Fleet extends KubernetesObject {
  readonly metadata: V1ObjectMeta & { readonly name: string; readonly uid: string }
  readonly spec: {
    /** How many, 0 or more. */
    readonly pods: number
    readonly template: PodTemplate
  }
  readonly status?: FleetStatus
}

/** What every pod of a fleet is made from. */
interface PodTemplate {
  readonly metadata?: Pick<V1ObjectMeta, 'labels' | 'annotations'>
  readonly spec: V1PodSpec
}

/** What the operator last saw of a fleet. */
export interface FleetStatus {
  readonly observedGeneration: number
  /** Pods which are there and not being deleted. */
  readonly pods: number
  /** Those of them which are ready. */
  readonly ready: number
  readonly conditions: readonly Condition[]
}

/** Whether a fleet is as it should be, since when and why. */
export interface Condition {
  readonly type: 'Ready'
  readonly status: 'True' | 'False'
  readonly reason: 'AllReady' | 'PodsNotReady'
  readonly message: string
  readonly observedGeneration: number
  /** ISO time of the last change of `status`. */
  readonly lastTransitionTime: string
}

/** Names follow from the index: a pod that is created twice is refused by the API server. */
export const podNames = (fleet: Fleet): readonly string[] =>
  Array.from({ length: fleet.spec.pods }, (_, index) => `${fleet.metadata.name}-${index}`)

/** The pod of this name, to be created. It has the finalizer from the start, so that none is ever without. */
export const podOf = (fleet: Fleet, podName: string): V1Pod => {
  const { metadata, spec } = fleet.spec.template
  const { name, uid } = fleet.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      labels: { ...metadata?.labels, [fleetLabel]: name },
      annotations: { ...metadata?.annotations },
      finalizers: [finalizer],
      ownerReferences: [{ ...fleetType, name, uid, controller: true }],
    },
    spec,
  }
}
