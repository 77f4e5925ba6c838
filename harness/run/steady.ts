// A scenario under steady load: all arms stand side by side, and only the load moves from one to the next.
import { measureCapacity, steadyRate } from '../load/capacity.ts'
import type { NodeShell } from '../model/node-shell.ts'
import { runLane } from '../model/phase.ts'
import type { ScenarioRun, Trial } from '../model/run.ts'
import { floorMs } from '../plan/floor.ts'
import { shuffledBlocks } from '../stats/shuffle.ts'
import { readScenarioFiles } from './arm-manifests.ts'
import { deployArms } from './deploy-arms.ts'
import { nameOfKind } from './judge.ts'
import { adminShell, openShells } from './nodes.ts'
import { loadProbes } from './probes.ts'
import type { RunOrder, SteadyScenario } from './scenario-order.ts'
import { scenarioRun } from './scenario-run.ts'
import { loadPod, runTrial } from './trial.ts'
import type { DeployedArm, Slot } from './trial.ts'

export type SteadyOrder = RunOrder &
  SteadyScenario & {
    /** Among all scenarios of the run, from 1. */
    readonly place: number
  }

export const runSteady = async (run: SteadyOrder): Promise<ScenarioRun> => {
  const shells = await openShells(run.cluster)
  try {
    return await measureAll(run, shells)
  } finally {
    shells.forEach((shell) => shell.close())
  }
}

const measureAll = async (run: SteadyOrder, shells: ReadonlyMap<string, NodeShell>): Promise<ScenarioRun> => {
  const { kube } = run.cluster
  const { scenario, folder } = run.loaded
  const pace = { ...run.trial[run.mode], ...(run.blocks ? { blocks: run.blocks } : {}) }
  const probes = await loadProbes(scenario.probes)
  const files = await readScenarioFiles(folder, scenario)
  const during = run.phases.lane(runLane, scenario.slug)
  const heading = run.total > 1 ? `scenario ${run.place} of ${run.total}: ` : ''
  const arms = await run.step(`${heading}deploy ${run.arms.length} arms of ${scenario.slug}`, () =>
    during('deploy', () => deployArms({ cluster: run.cluster, scenario, arms: run.arms, files, signal: run.signal })),
  )
  const { rateRps, capacityRps } = await during('calibrate', () => chooseRate(run, arms))
  const openAdminShell = await adminShell(run.cluster)
  const trials: Trial[] = []
  const describe = (complete: boolean): Promise<ScenarioRun> =>
    scenarioRun({
      scenario,
      files,
      arms: run.arms,
      pace,
      rateRps,
      capacityRps,
      seed: run.seed,
      probes,
      trials,
      episode: null,
      complete,
    })
  const measure = (plan: readonly (Slot & { block: number })[], title: string): Promise<void> =>
    run.step(`${heading}${title}`, async (say) => {
      for (const slot of plan) {
        const arm = arms.get(slot.arm)
        if (!arm) throw new Error(`arm ${slot.arm} was planned but not deployed`)
        // The stir of a change lasts as long in a quick run as in a full one: in a short window it would be most of the trial.
        const window = arm.underLoad ? run.trial.full.window : pace.window
        say(`${slot.arm}${slot.again ? ' again' : ''}, block ${slot.block + 1}${arm.underLoad ? `, ${window}` : ''}`)
        const order = trials.length
        const { trial, signal } = run
        const trialOrder = { kube, shells, openAdminShell, arm, slot, order, trial, rateRps, probes, signal, during }
        const found = await during('wait', () => runTrial({ ...trialOrder, pace: { ...pace, window } }))
        trials.push({ ...found, floorMs: floorMs(scenario, slot.arm, run.mode) })
        await run.record(await describe(false))
      }
    })
  const slots = [...run.arms.map((arm) => ({ arm, again: false })), { arm: nameOfKind(scenario.arms, 'control'), again: true }]
  const plan = shuffledBlocks(slots, pace.blocks, run.seed)
  await measure(plan, `measure ${plan.length} trials of ${pace.warmup} + ${pace.window}`)
  let inVain = 0 // rounds on end of which no trial counted: one trial alone says little about whether the disturbance lasts
  for (let block = pace.blocks; block < 3 * pace.blocks && inVain < 2; block++) {
    const lacking = slots.filter((slot) => validTrials(trials, slot) < pace.blocks)
    const extra = shuffledBlocks(lacking, 1, run.seed + block).map((slot) => ({ ...slot, block }))
    if (extra.length === 0) break
    await measure(extra, `measure ${extra.length} more trials, in place of those that were disturbed`)
    inVain = trials.slice(-extra.length).every(({ invalid }) => invalid.length > 0) ? inVain + 1 : 0
  }
  return describe(true)
}

/** Whether a trial was disturbed is seen at the load and at the host, never at the outcome: another in its place is no second try. */
const validTrials = (trials: readonly Trial[], { arm, again }: Slot): number =>
  trials.filter((trial) => trial.arm === arm && trial.again === again && trial.invalid.length === 0).length

const chooseRate = async (
  run: SteadyOrder,
  arms: ReadonlyMap<string, DeployedArm>,
): Promise<{ rateRps: number; capacityRps: number | null }> => {
  const { arms: known } = run.loaded.scenario
  const { rateRps, pod } = run.trial.load
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
