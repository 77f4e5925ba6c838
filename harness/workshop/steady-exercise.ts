// An exercise under steady load: control, the incident and the learner's namespace are deployed at once, and a check measures them in turn.
import { judge, nameOfKind } from '../judge/judge.ts'
import { floorMs } from '../design/floor.ts'
import { caseOf } from '../judge/scenario-case.ts'
import { calibrate } from '../load/capacity.ts'
import { LabError } from '../model/lab-error.ts'
import { uncounted } from '../model/phase.ts'
import type { Copy, PlannedTrial } from '../model/design.ts'
import type { MeasuredScenario } from '../model/run.ts'
import { armOfKind } from '../model/scenario.ts'
import type { SteadyTrial } from '../model/scenario.ts'
import { isMeasured } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import type { Say, Work } from '../model/work.ts'
import { apply } from '../kube/apply.ts'
import { applyInNamespace, namespaceGone, removeNamespace } from '../kube/namespace.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { describeScenario } from '../measure/describe.ts'
import { deployArms } from '../measure/steady/deploy-arms.ts'
import type { DeployedArm } from '../measure/steady/deploy-arms.ts'
import { play } from '../measure/play.ts'
import { loadPod, runTrial } from '../measure/steady/trial.ts'
import type { SteadyBench } from '../measure/steady/trial.ts'
import { findProbes } from '../probe/kit/find-probe.ts'
import { armManifests, armNamespace, readScenarioFiles } from '../scenario/arm-manifests.ts'
import { openNamespace } from './access.ts'
import { knownRemedies } from './known-remedies.ts'
import { repairText, withChanges, withLearner } from './learner-arm.ts'
import { learnerArm, namespace } from './staged.ts'
import type { Staged, Staging } from './staged.ts'

/** Rounds of repeats without a valid trial, after which a check waits no longer. */
const patience = 2

export const stageSteady = async (staging: Staging, trial: SteadyTrial, seed: number): Promise<Staged> => {
  const { cluster, testbed, loaded, exercise, emit } = staging
  const { kube } = cluster
  const scenario = withLearner(loaded.scenario)
  const own = await readScenarioFiles(loaded.folder, loaded.scenario)
  const [control, incident] = [armOfKind(scenario, 'control'), armOfKind(scenario, 'incident')]
  const files = { ...own, differences: new Map([...own.differences, [learnerArm, own.differences.get(incident) ?? []]]) }
  const probes = await findProbes(scenario.probes, loaded.folder)
  const pace = trial.quick
  const arms = new Map<string, DeployedArm>() // by namespace
  const trials: Trial[] = []
  let rate: { rateRps: number; capacityRps: number | null } | undefined
  let nextBlock = 0

  const deploy = async ({ signal }: Work, copies: readonly Copy[]): Promise<void> => {
    const placed = copies.map((copy) => ({ ...copy, namespace: namespaceOf(scenario.slug, copy) }))
    const deployed = await deployArms({ cluster, testbed, scenario, files, signal }, placed)
    deployed.forEach((arm) => arms.set(arm.namespace, arm))
    await openNamespace(cluster)
  }
  const armOf = (copy: Copy): DeployedArm => {
    const arm = arms.get(namespaceOf(scenario.slug, copy))
    if (!arm) throw new Error(`arm ${copy.arm} is not deployed`)
    return arm
  }
  const chooseRate = async ({ signal }: Work): Promise<NonNullable<typeof rate>> => {
    const { rateRps, pod } = trial.load
    if (typeof rateRps === 'number') return { rateRps, capacityRps: null }
    return calibrate(kube, await loadPod(kube, armOf(once(incident)).namespace, pod), rateRps, signal)
  }
  /** Each list is a block of its own; the deployments stay. */
  const measureBlocks = ({ step, signal }: Work, title: string, blocks: readonly (readonly Copy[])[]): Promise<void> => {
    const bench: SteadyBench = {
      slug: scenario.slug,
      trial,
      probes,
      kube,
      testbed,
      emit,
      timePhase: uncounted,
      signal,
    }
    const planned = blocks.map((copies) => {
      const block = nextBlock++
      return copies.map((copy): PlannedTrial => ({ ...copy, block, floorMs: floorMs(scenario, copy.arm, 'quick') }))
    })
    const measureAll = async (lacking: readonly PlannedTrial[], say: Say): Promise<void> => {
      for (const each of lacking) {
        say(`${each.arm}, block ${each.block + 1}`)
        const task = { planned: each, arm: armOf(each), order: trials.length, rateRps: rate?.rateRps ?? 0, pace }
        trials.push(await runTrial(bench, task))
      }
    }
    return step(title, (say) =>
      play(planned, { measure: (lacking) => measureAll(lacking, say), isMeasured: (each) => isMeasured(trials, each) }, patience),
    )
  }
  const describe = (changes: string) =>
    describeScenario({
      scenario,
      folder: loaded.folder,
      files: withChanges(files, changes),
      arms: Object.keys(scenario.arms),
      pace: { ...pace, blocks: nextBlock },
      rateRps: rate?.rateRps ?? 0,
      capacityRps: rate?.capacityRps ?? null,
      probes,
      trials: trials.map((each, order) => ({ ...each, order })),
      episode: null,
      complete: true,
    })
  return {
    node: null,
    known: knownRemedies(loaded.scenario, (arm) => {
      const { deployed, whenConnected } = armManifests(own, arm, cluster.images)
      return whenConnected.length > 0 ? whenConnected : deployed
    }),
    rateRps: () => rate?.rateRps ?? 0,
    breakIt: async (work) => {
      const { step, signal } = work
      if (rate) {
        await step('remove the learner’s objects', async () => {
          await removeNamespace(kube, namespace, signal)
          await namespaceGone(kube, namespace, signal)
        })
        await step('deploy the original system', () => deploy(work, [once(learnerArm)]))
        return []
      }
      const deployed = [once(control), second(control), once(incident), once(learnerArm)]
      await step('deploy the system, healthy and broken', () => deploy(work, deployed))
      rate = await step('choose the load', () => chooseRate(work))
      await measureBlocks(work, 'confirm the incident', [[once(control), once(incident), second(control)]])
      return proofOfIncident(describe(''), seed)
    },
    measure: async (work, changes) => {
      const { signal } = work
      trials.splice(0, trials.length, ...trials.filter(({ arm }) => arm !== learnerArm)) // of the learner's earlier systems
      await deploymentsReady(kube, namespace, signal, 60_000)
      await testbed.reach([namespace], signal)
      const whole = [control, learnerArm, incident].map(once)
      // Three blocks, whatever the first two show: a third only where they leave it open would favour one answer.
      const blocks = [whole, [learnerArm, control].map(once), [...whole, second(control)]]
      await measureBlocks(work, 'measure healthy, yours and broken in turn', blocks)
      return describe(changes)
    },
    solution: () => repairText(loaded.scenario, own, exercise.solution),
    repair: async ({ signal }) => {
      const { deployed, whenConnected } = armManifests(own, exercise.solution, cluster.images)
      await applyInNamespace(kube, deployed, namespace, signal)
      if (whenConnected.length > 0) await apply(kube, whenConnected, namespace)
      await deploymentsReady(kube, namespace, signal)
    },
  }
}

/** The proof of the incident; throws if one block does not show it. Each check measures it again. */
export const proofOfIncident = (measured: MeasuredScenario, seed: number): readonly string[] => {
  const { arms, trials } = measured
  const incident = nameOfKind(arms, 'incident')
  const judged = judge({ ...caseOf(measured, { seed, steadyArms: arms.length }), fewest: 1 })
  const { decisions = [], reason = '' } = judged.arms[incident] ?? {}
  const verdict = decisions[0]?.verdict ?? 'inconclusive'
  const proof = trials.filter(({ arm }) => arm === incident).flatMap((trial) => trial.proof)
  if (verdict === 'reproduced') return proof
  const isUnknown = verdict === 'inconclusive'
  throw new LabError(isUnknown ? 'The lab cannot tell whether the incident occurred' : 'The incident was not reproduced', {
    why: reason,
    evidence: [...proof, ...trials.flatMap(({ arm, invalid }) => invalid.map((why) => `${arm}: ${why}`))],
    next: 'start it again on an otherwise idle machine',
    exit: isUnknown ? 'inconclusive' : 'unexpected',
  })
}

const once = (arm: string): Copy => ({ arm, replica: 0 })
const second = (arm: string): Copy => ({ arm, replica: 1 })

const namespaceOf = (slug: string, { arm, replica }: Copy): string =>
  arm === learnerArm ? namespace : armNamespace(slug, arm, replica)
