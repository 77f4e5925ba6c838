// A scenario under steady load: all arms stand side by side, and only the load moves from one to the next.
import type { Cluster } from '../cluster/provider.ts'
import { apply } from '../kube/apply.ts'
import { createNamespace } from '../kube/namespace.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import type { ScenarioRun, Trial } from '../model/run.ts'
import type { Arm, Scenario } from '../model/scenario.ts'
import type { Work } from '../model/step.ts'
import { shuffledBlocks } from '../stats/shuffle.ts'
import type { PlannedTrial } from '../stats/shuffle.ts'
import { armManifests, differenceAt } from './arm-manifests.ts'
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
  /** Called after every trial with the scenario as far as it is known. */
  readonly record: (run: ScenarioRun) => Promise<void>
}

export const runSteady = async (run: SteadyRun): Promise<ScenarioRun> => {
  const { scenario, folder } = run.loaded
  const pace = scenario.trial[run.mode]
  const probes = await loadProbes(scenario.probes)
  const arms = await run.step(`deploy ${run.arms.length} arms of ${scenario.slug}`, () => deployAll(run))
  const trials: Trial[] = []
  const describe = (complete: boolean): Promise<ScenarioRun> =>
    scenarioRun({ scenario, folder, arms: run.arms, pace, probes, trials, complete })
  const measure = (plan: readonly PlannedTrial[], title: string): Promise<void> =>
    run.step(title, async (say) => {
      for (const { arm: name, block } of plan) {
        say(`${name}, block ${block + 1}`)
        const arm = arms.get(name)
        if (!arm) throw new Error(`arm ${name} was planned but not deployed`)
        trials.push(
          await runTrial({
            kube: run.cluster.kube,
            arm,
            block,
            order: trials.length,
            trial: scenario.trial,
            pace,
            probes,
            signal: run.signal,
          }),
        )
        await run.record(await describe(false))
      }
    })
  const plan = shuffledBlocks(run.arms, pace.blocks, run.seed)
  await measure(plan, `measure ${plan.length} trials of ${pace.warmup} + ${pace.window}`)
  for (let block = pace.blocks; block < 3 * pace.blocks; block++) {
    const lacking = run.arms.filter((arm) => validTrials(trials, arm) < pace.blocks)
    if (lacking.length === 0) break
    const extra = shuffledBlocks(lacking, 1, run.seed + block).map(({ arm }) => ({ arm, block }))
    await measure(extra, `measure ${extra.length} more trials, in place of those whose load was faulty`)
  }
  return describe(true)
}

/** Whether a trial's load was faulty is seen at the generator alone, never at the outcome: another in its place is no second try. */
const validTrials = (trials: readonly Trial[], arm: string): number =>
  trials.filter((trial) => trial.arm === arm && trial.invalid.length === 0).length

const deployAll = async (run: SteadyRun): Promise<ReadonlyMap<string, DeployedArm>> => {
  const deployed = new Map<string, DeployedArm>()
  for (const name of run.arms) deployed.set(name, await deploy(run, name))
  await Promise.all(
    [...deployed.values()].map(({ namespace }) => deploymentsReady(run.cluster.kube, namespace, run.signal, 180_000)),
  )
  return deployed
}

const deploy = async ({ loaded: { scenario, folder }, cluster }: SteadyRun, name: string): Promise<DeployedArm> => {
  const namespace = namespaceOf(scenario, name)
  const arm = scenario.arms[name] as Arm
  await createNamespace(cluster.kube, namespace)
  const manifests = await armManifests(folder, arm, cluster.images)
  await apply(cluster.kube, manifests, namespace)
  return { name, namespace, manifests, whenConnected: await differenceAt(folder, arm, 'connected') }
}

const namespaceOf = (scenario: Scenario, arm: string): string => `lab-${scenario.slug}-${arm}`
