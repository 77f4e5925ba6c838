// Deploys the arms of steady load concurrently, each in its own namespace.
import { addOnNamespace } from '../../artifact/add-on.ts'
import type { Cluster } from '../../cluster/provider.ts'
import { applyInNamespace, createNamespace } from '../../kube/namespace.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { durationMs } from '../../model/moment.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import type { Scenario } from '../../model/scenario.ts'
import { armManifests, armNamespace } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { servicesReachPods } from '../../node/service-rules.ts'
import { unlessRefused } from '../refused-configuration.ts'
import type { DeployedArm } from './trial.ts'

interface Deployment {
  readonly cluster: Cluster
  readonly shells: ReadonlyMap<string, NodeShell>
  readonly scenario: Scenario
  readonly arms: readonly string[]
  readonly files: ScenarioFiles
  /** Namespace of an arm; default: the one that runs use. */
  readonly namespaceOf?: (arm: string) => string
  readonly signal: AbortSignal
}

/** Each arm in a namespace of its own; resolves when all are ready, and their Services reach them. */
export const deployArms = async (deployment: Deployment): Promise<ReadonlyMap<string, DeployedArm>> => {
  const { cluster, shells, arms, signal } = deployment
  const deployed = new Map<string, DeployedArm>()
  for (const name of arms) deployed.set(name, await deploy(deployment, name))
  const all = [...deployed.values()]
  const configured = all
    .filter(({ addOns }) => addOns.length > 0)
    .flatMap(({ namespace, addOns: needed }) => [namespace, ...needed])
  await unlessRefused(cluster.kube, [...new Set(configured)], signal, (unlessOver) =>
    Promise.all(all.map(({ namespace }) => deploymentsReady(cluster.kube, namespace, unlessOver, 180_000))),
  )
  const namespaces = all.map(({ namespace }) => namespace)
  await servicesReachPods(cluster.kube, namespaces, shells, signal)
  return deployed
}

const deploy = async ({ cluster, scenario, files, namespaceOf, signal }: Deployment, name: string): Promise<DeployedArm> => {
  const namespace = namespaceOf?.(name) ?? armNamespace(scenario.slug, name)
  const { underLoad, addOns = [] } = scenario.arms[name] ?? {}
  const { namespaceLabels, deployed, whenConnected } = armManifests(files, name, cluster.images)
  await createNamespace(cluster.kube, namespace, scenario.podSecurity, namespaceLabels)
  await applyInNamespace(cluster.kube, deployed, namespace, signal)
  const script = files.differences.get(name)?.find(({ appliedAt }) => appliedAt === 'loaded')
  return {
    name,
    namespace,
    manifests: deployed,
    whenConnected,
    underLoad: underLoad && script ? { afterMs: durationMs(underLoad.after), file: script.file, text: script.text } : null,
    addOns: addOns.map(addOnNamespace),
  }
}
