// A scenario under steady load: each block redeploys its arms, and the load moves from one to the next.
import { calibrate } from '../../load/capacity.ts'
import { runLane } from '../../model/phase.ts'
import { isMeasured, isTrialOf } from '../../model/trial.ts'
import { copyName } from '../../model/design.ts'
import type { PlannedTrial } from '../../model/design.ts'
import type { MeasuredScenario } from '../../model/run.ts'
import type { Testbed } from '../../model/testbed.ts'
import type { Trial } from '../../model/trial.ts'
import { armOfKind } from '../../model/scenario.ts'
import type { Say } from '../../model/work.ts'
import { blocksIn, designOf } from '../../design/design.ts'
import { steadyWorkers } from '../../design/workers.ts'
import { blocksLeft } from '../../design/leaving.ts'
import { expectedBlocks, expectedCalibration, expectedDeployment, expectedTrials } from '../../design/step-times.ts'
import { findProbes } from '../../probe/kit/find-probe.ts'
import { readScenarioFiles } from '../../scenario/arm-manifests.ts'
import { describeScenario } from '../describe.ts'
import { play } from '../play.ts'
import { openDeployments } from './deployments.ts'
import type { Deployments } from './deployments.ts'
import { earlierOf, measured } from '../task.ts'
import type { RunTask, SteadyScenario } from '../task.ts'
import { loadPod, runTrial } from './trial.ts'
import type { SteadyBench } from './trial.ts'

export type SteadyRun = RunTask &
  SteadyScenario & {
    /** Among all scenarios of the run, from 1. */
    readonly place: number
    /** The stage of a block, for which the two runs of a comparison wait for one another. */
    readonly stageOf: (step: 'deploy' | 'measure', block: number) => number
  }

/** Deploys its arms and measures all of their trials; the journal records each. */
export const runSteady = async (run: SteadyRun): Promise<void> => {
  const testbed = await run.cluster.open()
  try {
    await measureAll(run, testbed)
  } finally {
    testbed.close()
  }
}

/** Consecutive rounds of repeats without a valid trial: the disturbance lasts, and the lab stops waiting for its end. */
const patience = 3

const measureAll = async (run: SteadyRun, testbed: Testbed): Promise<void> => {
  const { cluster, signal, step, trial } = run
  const { scenario, folder } = run.loaded
  const earlier = earlierOf(run, scenario.slug)
  const design = earlier?.design ?? designOf(run, { ...run, workers: steadyWorkers })
  const blocks = blocksIn(design).length
  const pace = { ...trial[run.mode], blocks }
  const probes = await findProbes(scenario.probes, folder)
  const files = await readScenarioFiles(folder, scenario)
  const timePhase = run.phases.lane(runLane, scenario.slug)
  const bench: SteadyBench = {
    slug: scenario.slug,
    trial,
    probes,
    kube: cluster.kube,
    testbed,
    emit: run.observer.emit,
    timePhase,
    signal,
  }
  const deployments = openDeployments(cluster, testbed, scenario, files, signal)
  const trials: Trial[] = [...(earlier?.trials ?? [])]
  let rate: Rate | undefined = earlier?.method
  const describe = (complete: boolean): MeasuredScenario =>
    describeScenario({
      scenario,
      folder,
      files,
      arms: run.arms,
      pace,
      design,
      rateRps: rate?.rateRps ?? 0,
      capacityRps: rate?.capacityRps ?? null,
      probes,
      episode: null,
      trials,
      complete,
    })
  /** The arms whose verdict these blocks decide. */
  const decided = (count: number): ReadonlySet<string> => {
    const soFar = describe(false)
    return run.decided({ ...soFar, trials: soFar.trials.filter(({ block }) => block < count) })
  }
  const isInTime = (block: readonly PlannedTrial[]): boolean => Date.now() + expectedBlocks(block).seconds * 1000 <= run.endsBy
  const titleOf = ([{ block = 0 } = {}]: readonly Partial<PlannedTrial>[], what: string): string => {
    const scenarioWords = run.total > 1 ? `scenario ${run.place} of ${run.total}, ` : ''
    return `${scenarioWords}block ${block + 1} of ${blocks}: ${what}`
  }
  const stageOf = (name: 'deploy' | 'measure', [{ block = 0 } = {}]: readonly Partial<PlannedTrial>[]): number =>
    run.stageOf(name, block)
  const prepare = async (lacking: readonly PlannedTrial[]): Promise<void> => {
    const deploy = (): Promise<void> => timePhase('deploy', () => deployments.renew(lacking))
    await run.turn({ how: 'together', stage: stageOf('deploy', lacking) }, () =>
      step(titleOf(lacking, `deploy the arms of ${scenario.slug}`), deploy, expectedDeployment(lacking)),
    )
    if (rate) return
    rate = await run.turn({ how: 'alone', stage: null }, () => timePhase('calibrate', () => chooseRate(run, deployments)))
    await run.journal.describe(describe(false))
  }
  const measureOne = async (planned: PlannedTrial, say: Say): Promise<void> => {
    const arm = deployments.of(planned)
    const window = scenario.arms[planned.arm]?.underLoad?.window ?? pace.window
    say(`${copyName(planned)}, block ${planned.block + 1}${arm.underLoad ? `, ${window}` : ''}`)
    const task = { planned, arm, order: trials.length, rateRps: rate?.rateRps ?? 0, pace: { ...pace, window } }
    const found = await timePhase('wait', () => runTrial(bench, task))
    trials.push(found)
    await run.journal.trial(scenario.slug, found)
  }
  const measure = (lacking: readonly PlannedTrial[]): Promise<void> => {
    const isRepeat = lacking.every((planned) => trials.some((each) => isTrialOf(each, planned)))
    const trialsWord = lacking.length === 1 ? 'trial' : 'trials'
    const what = isRepeat ? `repeat ${lacking.length} disturbed ${trialsWord}` : `measure ${lacking.length} ${trialsWord}`
    return step(
      titleOf(lacking, `${what} of ${pace.warmup} + ${pace.window}`),
      async (say) => {
        for (const [index, planned] of lacking.entries()) {
          const stage = index === 0 && !isRepeat ? stageOf('measure', lacking) : null
          await run.turn({ how: 'alone', stage }, () => measureOne(planned, say))
        }
      },
      isRepeat ? undefined : expectedTrials(lacking),
    )
  }
  if (rate) await run.journal.describe(describe(false))
  await play(
    blocksLeft(design, { decided, isInTime }),
    { prepare, measure, isMeasured: (planned) => isMeasured(trials, planned) },
    patience,
  )
  await measured(run, describe(true))
}

interface Rate {
  readonly rateRps: number
  /** Null: the load is no share of it. */
  readonly capacityRps: number | null
}

const chooseRate = async (run: SteadyRun, deployments: Deployments): Promise<Rate> => {
  const { rateRps, pod } = run.trial.load
  if (typeof rateRps === 'number') return { rateRps, capacityRps: null }
  const calibrating = async (say: Say): Promise<Rate> => {
    const incident = deployments.of({ arm: armOfKind(run.loaded.scenario, 'incident'), replica: 0 })
    const client = await loadPod(run.cluster.kube, incident.namespace, pod)
    const chosen = await calibrate(run.cluster.kube, client, rateRps, run.signal)
    say(`${chosen.capacityRps.toFixed(2)} requests/s; the load will be ${chosen.rateRps}`)
    return chosen
  }
  return run.step('calibrate: what the incident arm sustains', calibrating, expectedCalibration)
}
