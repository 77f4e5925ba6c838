// Decides what is to be done, from what there is and nothing else: the same again as long as nothing has changed.
import type { V1Pod } from '@kubernetes/client-node'
import { podNames, podOf } from './fleet.ts'
import type { Fleet, FleetStatus } from './fleet.ts'
import { fleetPod } from './pod.ts'
import type { FleetPod } from './pod.ts'
import { newStatus } from './status.ts'

/** Something to do. `uid` and `finalizerIndex` are as they were seen: when they are others by then, it must not be done. */
export type Action =
  /** Takes the pod's address off the record, and only then lets its object go. */
  | { readonly kind: 'finalize'; readonly pod: string; readonly uid: string; readonly finalizerIndex: number }
  | { readonly kind: 'delete'; readonly pod: string; readonly uid: string }
  | { readonly kind: 'create'; readonly pod: string; readonly manifest: V1Pod }
  | { readonly kind: 'record'; readonly pod: string; readonly address: string }
  | { readonly kind: 'report'; readonly fleet: string; readonly status: FleetStatus }

/** All there is in the namespace. */
export interface Seen {
  readonly fleets: readonly Fleet[]
  /** Also those of no fleet: they may have a name that a fleet wants. */
  readonly pods: readonly V1Pod[]
  /** Address by pod. */
  readonly addressBook: Readonly<Record<string, string>>
}

/** What is to be done, most urgent first: pods that only wait for the operator are before all others. */
export const plan = ({ fleets, pods, addressBook }: Seen, now: Date): readonly Action[] => {
  const ours = pods.map(fleetPod).filter((pod) => pod !== undefined)
  const names = new Set(pods.map(({ metadata }) => metadata?.name ?? ''))
  const living = fleets.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  const ownedBy = ({ metadata }: Fleet): readonly FleetPod[] => ours.filter(({ fleetUid }) => fleetUid === metadata.uid)
  return [
    ...ours.flatMap(finalization),
    ...living.flatMap((fleet) => deletions(fleet, ownedBy(fleet))),
    ...living.flatMap((fleet) => creations(fleet, names)),
    ...ours.flatMap((pod) => recording(pod, addressBook)),
    ...living.flatMap((fleet) => reports(fleet, ownedBy(fleet), now)),
  ]
}

// Needs no Fleet: it may be gone, and its pods still wait.
const finalization = ({ name, uid, finalizerIndex, isDeleted, hasEnded }: FleetPod): readonly Action[] =>
  finalizerIndex !== undefined && isDeleted && hasEnded ? [{ kind: 'finalize', pod: name, uid, finalizerIndex }] : []

// Highest index first.
const deletions = (fleet: Fleet, pods: readonly FleetPod[]): readonly Action[] => {
  const wanted = new Set(podNames(fleet))
  return pods
    .filter(({ name, isDeleted }) => !wanted.has(name) && !isDeleted)
    .toSorted((a, b) => b.name.localeCompare(a.name, 'en', { numeric: true }))
    .map(({ name, uid }) => ({ kind: 'delete', pod: name, uid }))
}

// A name is free when its object is gone, not when that is being deleted.
const creations = (fleet: Fleet, taken: ReadonlySet<string>): readonly Action[] =>
  podNames(fleet)
    .filter((name) => !taken.has(name))
    .map((name) => ({ kind: 'create', pod: name, manifest: podOf(fleet, name) }))

// Not without the finalizer: nobody would see to it that the address goes when the pod does.
const recording = (
  { name, address, finalizerIndex, isDeleted }: FleetPod,
  addressBook: Seen['addressBook'],
): readonly Action[] => {
  if (address === undefined || finalizerIndex === undefined || isDeleted || addressBook[name] === address) return []
  return [{ kind: 'record', pod: name, address }]
}

const reports = (fleet: Fleet, pods: readonly FleetPod[], now: Date): readonly Action[] => {
  const status = newStatus(fleet, pods, now)
  return status ? [{ kind: 'report', fleet: fleet.metadata.name, status }] : []
}
