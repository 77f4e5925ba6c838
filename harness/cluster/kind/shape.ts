// kind's configuration of a shape: the nodes of the file, its last worker repeated as needed, kubelet settings for the machine, and the token that shows
// that a node is the lab's own.
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { refusesCgroupV1 } from '../../../kind-configs/kubernetes.ts'
import { LabError } from '../../model/lab-error.ts'

const Shape = z.looseObject({
  nodes: z.array(z.looseObject({ role: z.string().optional(), extraMounts: z.array(z.unknown()).optional() })).default([]),
  kubeadmConfigPatches: z.array(z.string()).optional(),
  networking: z.looseObject({ podSubnet: z.string().optional() }).optional(),
})

/** kind's configuration of the shape with this many workers; a shape without workers stays unchanged. */
export const withWorkers = (yaml: string, workers: number): string => {
  const shape = Shape.parse(parse(yaml))
  const { nodes } = shape
  const own = nodes.filter(({ role }) => role === 'worker')
  const last = own.at(-1)
  if (!last) return yaml
  const wanted = Array.from({ length: workers }, (_, index) => own[index] ?? last)
  return stringify(
    { ...shape, nodes: [...nodes.filter(({ role }) => role !== 'worker'), ...wanted] },
    { aliasDuplicateObjects: false },
  )
}

/** Pod subnet: that of the shape, else kind's default. */
export const podRange = (yaml: string): string => Shape.parse(parse(yaml)).networking?.podSubnet ?? '10.244.0.0/16'

/** kind's configuration of the shape for an engine with this cgroup version: makes kubelets accept cgroup v1. */
export const acceptingCgroup = (yaml: string, minor: string, cgroup: 'v1' | 'v2'): string => {
  if (cgroup === 'v2' || !refusesCgroupV1(minor)) return yaml
  const shape = Shape.parse(parse(yaml))
  const patch = stringify({ kind: 'KubeletConfiguration', failCgroupV1: false })
  return stringify(
    { ...shape, kubeadmConfigPatches: [...(shape.kubeadmConfigPatches ?? []), patch] },
    { aliasDuplicateObjects: false },
  )
}

/** Mount path that identifies the lab's nodes. */
export const tokenMount = (token: string): string => `/incident-lab/${token}`

/**
 * kind's configuration with the token's mount in every node, so that a container shows its creator from the moment it exists. The source is what kind mounts in
 * every node anyway: any engine that can run kind can mount it.
 */
export const withToken = (yaml: string, token: string): string => {
  const shape = Shape.parse(parse(yaml))
  const nodes = shape.nodes.length > 0 ? shape.nodes : [{ role: 'control-plane' }] // kind's default
  if (nodes.filter(({ role = 'control-plane' }) => role === 'control-plane').length > 1)
    throw new LabError('The shape has several control planes', {
      why: 'kind adds a load balancer that cannot be marked as the lab’s own, so the lab could not remove it safely',
      next: 'use a shape with one control plane',
      exit: 'usage',
    })
  const mount = { hostPath: '/lib/modules', containerPath: tokenMount(token), readOnly: true }
  return stringify(
    { ...shape, nodes: nodes.map((node) => ({ ...node, extraMounts: [...(node.extraMounts ?? []), mount] })) },
    { aliasDuplicateObjects: false },
  )
}
