// Decides when a channel takes its addresses and its balancing from a control plane, as in a mesh without sidecars.
import type { Target } from '../open-loop/target.ts'

/** Teaches gRPC targets of the kind xds:///. What GRPC_XDS_BOOTSTRAP or GRPC_XDS_BOOTSTRAP_CONFIG says is read with the first of them. */
export const allowXds = async ({ address }: Target): Promise<void> => {
  if (address.startsWith('xds:')) (await import('@grpc/grpc-js-xds')).register()
}
