// A scenario under steady load: all arms stand side by side, and only the load moves from one to the next.
import type { Cluster } from '../cluster/provider.ts'
import { apply } from '../kube/apply.ts'
import { createNamespace, removeNamespace } from '../kube/namespace.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import type { ScenarioRun, Trial } from '../model/run.ts'
import type { Arm, Scenario } from '../model/scenario.ts'
import type { Work } from '../model/step.ts'
import { shuffledBlocks } from '../stats/shuffle.ts'
import { armManifests, parseManifests, readManifestFile } from './arm-manifests.ts'
import type { Cleanup } from './cleanup.ts'
import type { LoadedScenario } from './load-scenarios.ts'
import { loadProbes } from './probes.ts'
import { scenarioRun } from './scenario-run.ts'
import { runTrial } from './trial.ts'
import type { DeployedArm } from './trial.ts'

export interface SteadyRun extends Work {
  readonly loaded: LoadedScenario
  /** Names of the arms to run, control and incident among them. */
  readonly arms: readonly string[]
  readonly mode: 'quick' | 'full'
  readonly seed: number
  readonly cluster: Cluster
  readonly cleanup: Cleanup
  /** Called after every trial with the scenario as far as it is known. */
  readonly record: (run: ScenarioRun) => Promise<void>
}

export const runSteady = async (run: SteadyRun): Promise<ScenarioRun> => {
  const { scenario, folder } = run.loaded
  const pace = scenario.trial[run.mode]
  const probes = await loadProbes(scenario.probes)
  const deployed = await run.step(`deploy ${run.arms.length} arms of ${scenario.slug}`, () => deployAll(run))
  const plan = shuffledBlocks(run.arms, pace.blocks, run.seed)
  const trials: Trial[] = []
  const describe = (complete: boolean): Promise<ScenarioRun> => scenarioRun({ scenario, folder, arms: run.arms, pace, probes, trials, complete })
  await run.step(`measure ${plan.length} trials of ${pace.warmup} + ${pace.window}`, async (say) => {
    for (const [order, { arm: name, block }] of plan.entries()) {
      say(`trial ${order + 1} of ${plan.length}: ${name}`)
      const arm = deployed.find((each) => each.name === name)
      if (!arm) throw new Error(`arm ${name} was planned but not deployed`)
      trials.push(await runTrial({ kube: run.cluster.kube, arm, block, order, trial: scenario.trial, pace, probes, signal: run.signal }))
      await run.record(await describe(false))
    }
  })
  return describe(true)
}

const deployAll = async (run: SteadyRun): Promise<DeployedArm[]> => {
  const { kube } = run.cluster
  const deployed: DeployedArm[] = []
  for (const name of run.arms) deployed.push(await deploy(run, name))
  await Promise.all(deployed.map(({ namespace }) => deploymentsReady(kube, namespace, run.signal, 180_000)))
  return deployed
}

const deploy = async ({ loaded: { scenario, folder }, cluster, cleanup }: SteadyRun, name: string): Promise<DeployedArm> => {
  const namespace = namespaceOf(scenario, name)
  const arm = scenario.arms[name] as Arm
  cleanup.add(`remove the namespace ${namespace}`, () => removeNamespace(cluster.kube, namespace))
  await createNamespace(cluster.kube, namespace)
  const manifests = await armManifests(folder, arm, cluster.images)
  await apply(cluster.kube, manifests, namespace)
  const whenConnected = arm.difference && arm.appliedAt === 'connected' ? parseManifests(await readManifestFile(folder, arm.difference)) : []
  return { name, namespace, manifests, whenConnected }
}

export const namespaceOf = (scenario: Scenario, arm: string): string => `lab-${scenario.slug}-${arm}`
