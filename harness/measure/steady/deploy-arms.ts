// Deploys arms under steady load concurrently, each in its own namespace.
import { addOnNamespace } from '../../artifact/add-on.ts'
import type { Cluster } from '../../cluster/provider.ts'
import type { Manifest } from '../../kube/client.ts'
import { applyInNamespace, createNamespace } from '../../kube/namespace.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { durationMs } from '../../model/moment.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Testbed } from '../../model/testbed.ts'
import { armManifests } from '../../scenario/arm-manifests.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'
import { unlessRefused } from '../refused-configuration.ts'
import type { UnderLoad } from './under-load.ts'

export interface DeployedArm {
  readonly namespace: string
  readonly manifests: readonly Manifest[]
  /** The changed manifests during a trial, if the arm changes them once the connection is open; else none. */
  readonly whenConnected: readonly Manifest[]
  /** Its script under load; null: none. */
  readonly underLoad: UnderLoad | null
  /** Namespaces of the add-ons it needs. */
  readonly addOns: readonly string[]
}

interface Site {
  readonly cluster: Pick<Cluster, 'kube' | 'images'>
  readonly testbed: Pick<Testbed, 'reach'>
  readonly scenario: Scenario
  readonly files: ScenarioFiles
  readonly signal: AbortSignal
}

interface Copy {
  readonly arm: string
  readonly namespace: string
}

/** In the order of the copies; resolves when all are ready, and their Services reach them. */
export const deployArms = async (site: Site, copies: readonly Copy[]): Promise<readonly DeployedArm[]> => {
  const { cluster, testbed, signal } = site
  const deployed: DeployedArm[] = []
  for (const copy of copies) deployed.push(await deploy(site, copy))
  const configured = deployed
    .filter(({ addOns }) => addOns.length > 0)
    .flatMap(({ namespace, addOns: needed }) => [namespace, ...needed])
  await unlessRefused(cluster.kube, [...new Set(configured)], signal, (unlessOver) =>
    Promise.all(deployed.map(({ namespace }) => deploymentsReady(cluster.kube, namespace, unlessOver, 180_000))),
  )
  const namespaces = deployed.map(({ namespace }) => namespace)
  await testbed.reach(namespaces, signal)
  return deployed
}

const deploy = async ({ cluster, scenario, files, signal }: Site, { arm, namespace }: Copy): Promise<DeployedArm> => {
  const { underLoad, addOns = [] } = scenario.arms[arm] ?? {}
  const { namespaceLabels, deployed, whenConnected } = armManifests(files, arm, cluster.images)
  await createNamespace(cluster.kube, namespace, scenario.podSecurity, namespaceLabels)
  await applyInNamespace(cluster.kube, deployed, namespace, signal)
  const script = files.differences.get(arm)?.find(({ appliedAt }) => appliedAt === 'loaded')
  return {
    namespace,
    manifests: deployed,
    whenConnected,
    underLoad: underLoad && script ? { afterMs: durationMs(underLoad.after), file: script.file, text: script.text } : null,
    addOns: addOns.map(addOnNamespace),
  }
}
