// Whether the deployments of a block fit on the workers, by what their pods request: else some would stay pending.
import { totalCPU, totalMemory } from '@kubernetes/client-node/dist/util.js'
import type { V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import type { Cluster } from '../../cluster/provider.ts'
import type { Manifest } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import { armManifests } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'

interface Resources {
  readonly cpus: number
  readonly bytes: number
}

/** Throws if the arms request more than the workers have left. */
export const requireRoom = async (
  { kube, images }: Pick<Cluster, 'kube' | 'images'>,
  files: ScenarioFiles,
  copies: readonly { readonly arm: string }[],
): Promise<void> => {
  const { items: nodes } = await kube.core.listNode()
  const workers = nodes.filter(takesPods)
  const names = new Set(workers.map(({ metadata }) => metadata?.name))
  const { items: pods } = await kube.core.listPodForAllNamespaces({
    fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
  })
  const has = total(workers.map(allocatable))
  const taken = total(pods.filter(({ spec }) => names.has(spec?.nodeName)).map(requested))
  const wanted = copies.map(({ arm }) => total(armManifests(files, arm, images).deployed.map(requestedBy)))
  const left: Resources = { cpus: has.cpus - taken.cpus, bytes: has.bytes - taken.bytes }
  const all = total(wanted)
  if (all.cpus <= left.cpus && all.bytes <= left.bytes) return
  const most = wanted.findIndex((_, index) => !fits(total(wanted.slice(0, index + 1)), left))
  throw new LabError(`${copies.length} deployments do not fit on ${workers.length} workers`, {
    why: `their pods request ${words(all)}, but the workers have ${words(left)} left`,
    next: `choose at most ${most} deployments with --arm, where control counts twice, or a cluster with more room`,
    exit: 'cannotRun',
  })
}

const fits = ({ cpus, bytes }: Resources, left: Resources): boolean => cpus <= left.cpus && bytes <= left.bytes

const words = ({ cpus, bytes }: Resources): string =>
  `${cpus.toFixed(1)} CPUs and ${(Math.max(0, bytes) / 2 ** 30).toFixed(1)} GiB of memory`

/** Neither tainted, as nodes of the control plane are, nor cordoned. */
const takesPods = ({ spec }: V1Node): boolean =>
  !spec?.unschedulable && !(spec?.taints ?? []).some(({ effect }) => effect === 'NoSchedule')

const allocatable = ({ status }: V1Node): Resources => {
  const { cpu = '0', memory = '0' } = status?.allocatable ?? {}
  return requested({ spec: { containers: [{ name: 'all', resources: { requests: { cpu, memory } } }] } })
}

const requested = (pod: V1Pod): Resources => ({
  cpus: Number(totalCPU(pod).request),
  bytes: Number(totalMemory(pod).request),
})

/** Of all replicas of a Deployment. */
const requestedBy = (object: Manifest): Resources => {
  const { spec } = object as V1Deployment
  if (object.kind !== 'Deployment' || !spec?.template.spec) return { cpus: 0, bytes: 0 }
  const one = requested({ spec: spec.template.spec })
  const replicas = spec.replicas ?? 1
  return { cpus: one.cpus * replicas, bytes: one.bytes * replicas }
}

const total = (all: readonly Resources[]): Resources => ({
  cpus: all.reduce((sum, { cpus }) => sum + cpus, 0),
  bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
})
