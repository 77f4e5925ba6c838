// Whether a Service has ready endpoints, in all its slices.
import type { V1EndpointSlice } from '@kubernetes/client-node'
import type { StateText } from './pod-lane.ts'

export const serviceOf = ({ metadata }: V1EndpointSlice): string => metadata?.labels?.['kubernetes.io/service-name'] ?? ''

export const serviceState = (slices: readonly V1EndpointSlice[]): StateText => {
  const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).length
  return { state: ready > 0 ? 'served' : 'unserved', text: `${ready} ready ${ready === 1 ? 'endpoint' : 'endpoints'}` }
}
