// A scenario under steady load: all arms stand side by side, and only the load moves from one to the next.
import type { Cluster } from '../cluster/provider.ts'
import { apply } from '../kube/apply.ts'
import { createNamespace } from '../kube/namespace.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { measureCapacity, steadyRate } from '../load/capacity.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { ScenarioRun, Trial } from '../model/run.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Work } from '../model/step.ts'
import { shuffledBlocks } from '../stats/shuffle.ts'
import { armManifests, readScenarioFiles } from './arm-manifests.ts'
import type { ScenarioFiles } from './arm-manifests.ts'
import { nameOfKind } from './judge.ts'
import type { LoadedScenario } from './load-scenarios.ts'
import { loadProbes } from './probes.ts'
import { scenarioRun } from './scenario-run.ts'
import { loadPod, runTrial } from './trial.ts'
import type { DeployedArm, Slot } from './trial.ts'

export interface SteadyRun extends Work {
  readonly loaded: LoadedScenario
  /** Names of the arms to run, control and incident among them. */
  readonly arms: readonly string[]
  readonly mode: 'quick' | 'full'
  /** Instead of the mode's own number. */
  readonly blocks: number | undefined
  readonly seed: number
  readonly cluster: Cluster
  /** Called after every trial with the scenario as far as it is known. */
  readonly record: (run: ScenarioRun) => Promise<void>
}

export const runSteady = async (run: SteadyRun): Promise<ScenarioRun> => {
  const shells = await openShells(run.cluster)
  try {
    return await measureAll(run, shells)
  } finally {
    shells.forEach((shell) => shell.close())
  }
}

/** A shell on each node; whoever opens them closes them. */
export const openShells = async ({ kube, openShell }: Cluster): Promise<ReadonlyMap<string, NodeShell>> => {
  const { items } = await kube.core.listNode()
  return new Map(items.map(({ metadata }) => [metadata?.name ?? '', openShell(metadata?.name ?? '')]))
}

const measureAll = async (run: SteadyRun, shells: ReadonlyMap<string, NodeShell>): Promise<ScenarioRun> => {
  const { kube } = run.cluster
  const { scenario, folder } = run.loaded
  const pace = { ...scenario.trial[run.mode], ...(run.blocks ? { blocks: run.blocks } : {}) }
  const probes = await loadProbes(scenario.probes)
  const files = await readScenarioFiles(folder, scenario.arms)
  const arms = await run.step(`deploy ${run.arms.length} arms of ${scenario.slug}`, () =>
    deployArms({ cluster: run.cluster, scenario, arms: run.arms, files, signal: run.signal }),
  )
  const { rateRps, capacityRps } = await chooseRate(run, arms)
  const trials: Trial[] = []
  const describe = (complete: boolean): Promise<ScenarioRun> =>
    scenarioRun({ scenario, files, arms: run.arms, pace, rateRps, capacityRps, seed: run.seed, probes, trials, complete })
  const measure = (plan: readonly (Slot & { block: number })[], title: string): Promise<void> =>
    run.step(title, async (say) => {
      for (const slot of plan) {
        say(`${slot.arm}${slot.again ? ' again' : ''}, block ${slot.block + 1}`)
        const arm = arms.get(slot.arm)
        if (!arm) throw new Error(`arm ${slot.arm} was planned but not deployed`)
        const order = trials.length
        const { trial } = scenario
        trials.push(await runTrial({ kube, shells, arm, slot, order, trial, rateRps, pace, probes, signal: run.signal }))
        await run.record(await describe(false))
      }
    })
  const slots = [...run.arms.map((arm) => ({ arm, again: false })), { arm: nameOfKind(scenario.arms, 'control'), again: true }]
  const plan = shuffledBlocks(slots, pace.blocks, run.seed)
  await measure(plan, `measure ${plan.length} trials of ${pace.warmup} + ${pace.window}`)
  for (let block = pace.blocks; block < 3 * pace.blocks; block++) {
    const lacking = slots.filter((slot) => validTrials(trials, slot) < pace.blocks)
    const extra = shuffledBlocks(lacking, 1, run.seed + block).map((slot) => ({ ...slot, block }))
    if (extra.length === 0) break
    await measure(extra, `measure ${extra.length} more trials, in place of those that were disturbed`)
    if (trials.slice(-extra.length).every(({ invalid }) => invalid.length > 0)) break // the disturbance lasts
  }
  return describe(true)
}

/** Whether a trial was disturbed is seen at the load and at the host, never at the outcome: another in its place is no second try. */
const validTrials = (trials: readonly Trial[], { arm, again }: Slot): number =>
  trials.filter((trial) => trial.arm === arm && trial.again === again && trial.invalid.length === 0).length

const chooseRate = async (
  run: SteadyRun,
  arms: ReadonlyMap<string, DeployedArm>,
): Promise<{ rateRps: number; capacityRps: number | null }> => {
  const { arms: known, trial } = run.loaded.scenario
  const { rateRps, pod } = trial.load
  if (typeof rateRps === 'number') return { rateRps, capacityRps: null }
  return run.step('calibrate: what the incident arm sustains', async (say) => {
    const incident = arms.get(nameOfKind(known, 'incident'))?.namespace ?? ''
    const client = await loadPod(run.cluster.kube, incident, pod)
    const capacityRps = await measureCapacity(run.cluster.kube, client, rateRps.program, run.signal)
    const chosen = steadyRate(capacityRps * rateRps.shareOfCapacity)
    say(`${capacityRps.toFixed(2)} requests/s; the load will be ${chosen}`)
    return { rateRps: chosen, capacityRps }
  })
}

interface Deployment {
  readonly cluster: Cluster
  readonly scenario: Scenario
  readonly arms: readonly string[]
  readonly files: ScenarioFiles
  readonly signal: AbortSignal
}

/** Each arm in a namespace of its own; resolves when all are ready. */
export const deployArms = async (deployment: Deployment): Promise<ReadonlyMap<string, DeployedArm>> => {
  const { cluster, arms, signal } = deployment
  const deployed = new Map<string, DeployedArm>()
  for (const name of arms) deployed.set(name, await deploy(deployment, name))
  await Promise.all([...deployed.values()].map(({ namespace }) => deploymentsReady(cluster.kube, namespace, signal, 180_000)))
  return deployed
}

const deploy = async ({ cluster, scenario, files }: Deployment, name: string): Promise<DeployedArm> => {
  const namespace = `lab-${scenario.slug}-${name}`
  await createNamespace(cluster.kube, namespace)
  const { deployed, whenConnected } = armManifests(files, name, cluster.images)
  await apply(cluster.kube, deployed, namespace)
  return { name, namespace, manifests: deployed, whenConnected }
}
