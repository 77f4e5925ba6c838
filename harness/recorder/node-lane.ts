// The state of a node: the worst of its conditions; and its taints.
import type { V1Node } from '@kubernetes/client-node'
import type { StateText } from './pod-lane.ts'

export const nodeState = ({ spec, status }: V1Node): StateText => {
  const is = (type: string): boolean => status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false
  const taints = (spec?.taints ?? []).map(({ key, effect }) => `taint ${key}:${effect}`)
  const text = taints.join(', ')
  if (!is('Ready')) return { state: 'not-ready', text }
  if (is('DiskPressure')) return { state: 'disk-pressure', text }
  return { state: is('MemoryPressure') ? 'memory-pressure' : 'ready', text }
}
