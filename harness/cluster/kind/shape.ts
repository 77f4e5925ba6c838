// kind's configuration of a shape: the nodes of the file, its last worker repeated as needed, the settings of a platform and those for the machine, and
// the token that shows that a node is the lab's own.
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { listsFlags, refusesCgroupV1 } from '../../../kind-configs/kubernetes.ts'
import { LabError } from '../../model/lab-error.ts'
import { components } from '../../model/platform.ts'
import type { Platform } from '../../model/platform.ts'

const Shape = z.looseObject({
  nodes: z.array(z.looseObject({ role: z.string().optional(), extraMounts: z.array(z.unknown()).optional() })).default([]),
  featureGates: z.record(z.string(), z.boolean()).optional(),
  kubeadmConfigPatches: z.array(z.string()).optional(),
  kubeadmConfigPatchesJSON6902: z.array(z.unknown()).optional(),
  networking: z.looseObject({ podSubnet: z.string().optional() }).optional(),
})

const written = (shape: z.infer<typeof Shape>): string => stringify(shape, { aliasDuplicateObjects: false })

const patched = (shape: z.infer<typeof Shape>, patches: readonly object[]): string[] => [
  ...(shape.kubeadmConfigPatches ?? []),
  ...patches.map((patch) => stringify(patch)),
]

const ofKubelets = (fields: object): object => ({ kind: 'KubeletConfiguration', ...fields })

/** kind's configuration of the shape with this many workers; a shape without workers stays unchanged. */
export const withWorkers = (yaml: string, workers: number): string => {
  const shape = Shape.parse(parse(yaml))
  const { nodes } = shape
  const own = nodes.filter(({ role }) => role === 'worker')
  const last = own.at(-1)
  if (!last) return yaml
  const wanted = Array.from({ length: workers }, (_, index) => own[index] ?? last)
  return written({ ...shape, nodes: [...nodes.filter(({ role }) => role !== 'worker'), ...wanted] })
}

/** Pod subnet: that of the shape, else kind's default. */
export const podRange = (yaml: string): string => Shape.parse(parse(yaml)).networking?.podSubnet ?? '10.244.0.0/16'

/** kind's configuration of the shape for an engine with this cgroup version: makes kubelets accept cgroup v1. */
export const acceptingCgroup = (yaml: string, minor: string, cgroup: 'v1' | 'v2'): string => {
  if (cgroup === 'v2' || !refusesCgroupV1(minor)) return yaml
  const shape = Shape.parse(parse(yaml))
  return written({ ...shape, kubeadmConfigPatches: patched(shape, [ofKubelets({ failCgroupV1: false })]) })
}

/** kind's configuration of the shape with the settings of the platform; without any it stays as it is written. */
export const onPlatform = (yaml: string, platform: Platform, minor: string): string => {
  if (settingsOf(platform) === null) return yaml
  const shape = Shape.parse(parse(yaml))
  const { kubeProxyMode, featureGates, kubelet } = platform
  const { merged, json } = flagPatches(platform, minor)
  return written({
    ...shape,
    networking: { ...shape.networking, ...(kubeProxyMode && { kubeProxyMode }) },
    featureGates: { ...shape.featureGates, ...featureGates },
    kubeadmConfigPatches: patched(shape, [...(isEmpty(kubelet) ? [] : [ofKubelets(kubelet)]), ...merged]),
    kubeadmConfigPatchesJSON6902: [...(shape.kubeadmConfigPatchesJSON6902 ?? []), ...json],
  })
}

/** What makes a cluster of the platform differ from any other of its version, as text; null: nothing. */
export const settingsOf = (platform: Platform): string | null => {
  const others = new Set(['name', 'summary', 'kubernetes'])
  const settings = Object.entries(platform).filter(
    ([field, value]) => !others.has(field) && value !== undefined && (typeof value !== 'object' || !isEmpty(value)),
  )
  return settings.length === 0 ? null : JSON.stringify(Object.fromEntries(settings))
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0

/** Flags of the control plane: a map merges, and a list would be replaced, so entries are added to it. */
const flagPatches = (platform: Platform, minor: string): { readonly merged: object[]; readonly json: object[] } => {
  const given = components.filter((component) => !isEmpty(platform[component]))
  if (given.length === 0) return { merged: [], json: [] }
  if (!listsFlags(minor)) {
    const flags = Object.fromEntries(given.map((component) => [component, { extraArgs: platform[component] }]))
    return { merged: [{ kind: 'ClusterConfiguration', ...flags }], json: [] }
  }
  const patch = given.flatMap((component) =>
    Object.entries(platform[component]).map(([name, value]) => ({
      op: 'add',
      path: `/${component}/extraArgs/-`,
      value: { name, value },
    })),
  )
  const target = { group: 'kubeadm.k8s.io', version: 'v1beta4', kind: 'ClusterConfiguration' }
  return { merged: [], json: [{ ...target, patch: JSON.stringify(patch) }] }
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
  return written({ ...shape, nodes: nodes.map((node) => ({ ...node, extraMounts: [...(node.extraMounts ?? []), mount] })) })
}
