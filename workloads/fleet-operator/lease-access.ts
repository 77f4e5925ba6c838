// Decides how the Lease is read and written: only over the version that was read.
import { V1MicroTime } from '@kubernetes/client-node'
import type { V1Lease } from '@kubernetes/client-node'
import { unless } from '../controller/api.ts'
import type { Api } from '../controller/api.ts'
import type { LeaseAccess } from './leader.ts'
import type { LeaseSeen } from './lease.ts'

const name = 'fleet-operator'

/** The Lease `fleet-operator` of one namespace, for so many seconds after each renewal. */
export const leaseAccess = ({ coordination }: Api, namespace: string, durationS: number): LeaseAccess => {
  const read = async (): Promise<V1Lease | undefined> => {
    let lease: V1Lease | undefined
    const reading = coordination.readNamespacedLease({ name, namespace }).then((found) => (lease = found))
    await unless(['NotFound'], reading)
    return lease
  }
  const write = (before: V1Lease | undefined, holderIdentity: string): Promise<boolean> => {
    const spec = { holderIdentity, leaseDurationSeconds: durationS, renewTime: new V1MicroTime() }
    const request = before
      ? coordination.replaceNamespacedLease({ name, namespace, body: { ...before, spec } })
      : coordination.createNamespacedLease({ namespace, body: { metadata: { name }, spec } })
    return unless(['NotFound', 'AlreadyExists', 'Conflict'], request)
  }
  return {
    durationS,
    read: async () => {
      const lease = await read()
      return { ...(lease && { lease: seen(lease) }), write: (holder) => write(lease, holder) }
    },
  }
}

// The client says that the time is a V1MicroTime, and gives a string.
const seen = ({ spec }: V1Lease): LeaseSeen => ({
  holder: spec?.holderIdentity ?? '',
  renewedMs: new Date(spec?.renewTime ?? 0).getTime(),
  durationMs: (spec?.leaseDurationSeconds ?? 0) * 1000,
})
