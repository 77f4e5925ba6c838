// A scenario under steady load: all arms are deployed at once, and only the load moves from one to the next.
import { calibrate } from '../../load/capacity.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import { runLane } from '../../model/phase.ts'
import { isMeasured } from '../../model/trial.ts'
import type { MeasuredScenario } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import { armOfKind } from '../../model/scenario.ts'
import type { Say } from '../../model/work.ts'
import { expectedCalibration, expectedDeployment, expectedTrials } from '../../plan/expected.ts'
import { floorMs } from '../../plan/floor.ts'
import { blocksOf } from '../../plan/extent.ts'
import { shuffledBlocks } from '../../stats/shuffle.ts'
import { findProbes } from '../../probe/kit/find-probe.ts'
import { readScenarioFiles } from '../../scenario/arm-manifests.ts'
import { describeScenario } from '../describe.ts'
import { measureInBlocks } from './blocks.ts'
import type { PlannedTrial } from './blocks.ts'
import { deployArms } from './deploy-arms.ts'
import { adminShell, openShells } from '../nodes.ts'
import { earlierOf, measured } from '../task.ts'
import type { RunTask, SteadyScenario } from '../task.ts'
import { loadPod, runTrial } from './trial.ts'
import type { DeployedArm } from './trial.ts'

export type SteadyTask = RunTask &
  SteadyScenario & {
    /** Among all scenarios of the run, from 1. */
    readonly place: number
  }

/** Deploys its arms and measures all of their trials; the journal records each. */
export const runSteady = async (run: SteadyTask): Promise<void> => {
  const shells = await openShells(run.cluster)
  try {
    await measureAll(run, shells)
  } finally {
    shells.forEach((shell) => shell.close())
  }
}

const measureAll = async (run: SteadyTask, shells: ReadonlyMap<string, NodeShell>): Promise<void> => {
  const { kube } = run.cluster
  const { scenario, folder } = run.loaded
  const pace = { ...run.trial[run.mode], blocks: blocksOf(scenario, run) }
  const probes = await findProbes(scenario.probes)
  const files = await readScenarioFiles(folder, scenario)
  const timePhase = run.phases.lane(runLane, scenario.slug)
  const heading = run.total > 1 ? `scenario ${run.place} of ${run.total}: ` : ''
  const arms = await run.step(
    `${heading}deploy ${run.arms.length} arms of ${scenario.slug}`,
    () =>
      timePhase('deploy', () =>
        deployArms({ cluster: run.cluster, shells, scenario, arms: run.arms, files, signal: run.signal }),
      ),
    expectedDeployment(run),
  )
  const earlier = earlierOf(run, scenario.slug)
  const { rateRps, capacityRps } = earlier?.method ?? (await timePhase('calibrate', () => chooseRate(run, arms)))
  const openAdminShell = await adminShell(run.cluster)
  const trials: Trial[] = [...(earlier?.trials ?? [])]
  const describe = (complete: boolean): MeasuredScenario =>
    describeScenario({
      scenario,
      folder,
      files,
      arms: run.arms,
      pace,
      mode: run.mode,
      rateRps,
      capacityRps,
      probes,
      episode: null,
      trials,
      complete,
    })
  await run.journal.describe(describe(false))

  const measure = async (slot: PlannedTrial, say: Say): Promise<void> => {
    const arm = arms.get(slot.arm)
    if (!arm) throw new Error(`arm ${slot.arm} was planned but not deployed`)
    const window = scenario.arms[slot.arm]?.underLoad?.window ?? pace.window
    say(`${slot.arm}${slot.again ? ' again' : ''}, block ${slot.block + 1}${arm.underLoad ? `, ${window}` : ''}`)
    const { trial, signal } = run
    const about = { slug: scenario.slug, emit: run.observer.emit, arm, slot, order: trials.length }
    const order = { ...about, kube, shells, openAdminShell, trial, rateRps, probes, signal, timePhase }
    const trialFound = await timePhase('wait', () => runTrial({ ...order, pace: { ...pace, window } }))
    const found = { ...trialFound, floorMs: floorMs(scenario, slot.arm, run.mode) }
    trials.push(found)
    await run.journal.trial(scenario.slug, found)
  }

  const slots = [...run.arms.map((arm) => ({ arm, again: false })), { arm: armOfKind(scenario, 'control'), again: true }]
  const plan = shuffledBlocks(slots, pace.blocks, run.seed)
  await run.step(
    `${heading}measure ${plan.length} trials of ${pace.warmup} + ${pace.window}`,
    (say) =>
      measureInBlocks(
        plan,
        (slot) => measure(slot, say),
        (slot) => isMeasured(trials, slot),
      ),
    expectedTrials(run, run),
  )
  await measured(run, describe(true))
}

const chooseRate = async (
  run: SteadyTask,
  arms: ReadonlyMap<string, DeployedArm>,
): Promise<{ rateRps: number; capacityRps: number | null }> => {
  const { rateRps, pod } = run.trial.load
  if (typeof rateRps === 'number') return { rateRps, capacityRps: null }
  const calibrating = async (say: Say): Promise<{ rateRps: number; capacityRps: number }> => {
    const incident = arms.get(armOfKind(run.loaded.scenario, 'incident'))?.namespace ?? ''
    const client = await loadPod(run.cluster.kube, incident, pod)
    const chosen = await calibrate(run.cluster.kube, client, rateRps, run.signal)
    say(`${chosen.capacityRps.toFixed(2)} requests/s; the load will be ${chosen.rateRps}`)
    return chosen
  }
  return run.step('calibrate: what the incident arm sustains', calibrating, expectedCalibration)
}
