// A shape as kind is given it: the file's own nodes, its last worker as often as workers are wanted, and what the machine asks of kubelets.
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { refusesCgroupV1 } from '../../../kind-configs/kubernetes.ts'

const Shape = z.looseObject({
  nodes: z.array(z.looseObject({ role: z.string().optional() })).default([]),
  kubeadmConfigPatches: z.array(z.string()).optional(),
  networking: z.looseObject({ podSubnet: z.string().optional() }).optional(),
})

/** kind's configuration of the shape with so many workers; a shape without workers stays as it is. */
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

/** Addresses of its pods: what the shape says, else kind's default. */
export const podRange = (yaml: string): string => Shape.parse(parse(yaml)).networking?.podSubnet ?? '10.244.0.0/16'

/** kind's configuration of the shape for an engine with this cgroup version: kubelets that refuse cgroup v1 are told to take it. */
export const acceptingCgroup = (yaml: string, minor: string, cgroup: 'v1' | 'v2'): string => {
  if (cgroup === 'v2' || !refusesCgroupV1(minor)) return yaml
  const shape = Shape.parse(parse(yaml))
  const patch = stringify({ kind: 'KubeletConfiguration', failCgroupV1: false })
  return stringify(
    { ...shape, kubeadmConfigPatches: [...(shape.kubeadmConfigPatches ?? []), patch] },
    { aliasDuplicateObjects: false },
  )
}
