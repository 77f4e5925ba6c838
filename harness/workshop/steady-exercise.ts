// An exercise under steady load: control, the incident and the learner's namespace are deployed at once, and a check measures them in turn.
import { judge, nameOfKind } from '../judge/judge.ts'
import { caseOf } from '../judge/scenario-case.ts'
import { calibrate } from '../load/capacity.ts'
import { LabError } from '../model/lab-error.ts'
import { uncounted } from '../model/phase.ts'
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
import { loadPod, runTrial } from '../measure/steady/trial.ts'
import type { DeployedArm, Slot } from '../measure/steady/trial.ts'
import { findProbes } from '../probe/kit/find-probe.ts'
import { armManifests, armNamespace, readScenarioFiles } from '../scenario/arm-manifests.ts'
import { servicesReachPods } from '../node/service-rules.ts'
import { openNamespace } from './access.ts'
import { knownRemedies } from './known-remedies.ts'
import { repairText, withChanges, withLearner } from './learner-arm.ts'
import { learnerArm, namespace } from './staged.ts'
import type { Staged, Staging } from './staged.ts'

/** How often a disturbed trial is repeated. */
const moreTries = 2

export const stageSteady = async (staging: Staging, trial: SteadyTrial, seed: number): Promise<Staged> => {
  const { cluster, shells, openAdminShell, loaded, exercise, emit } = staging
  const { kube } = cluster
  const scenario = withLearner(loaded.scenario)
  const own = await readScenarioFiles(loaded.folder, loaded.scenario)
  const [control, incident] = [armOfKind(scenario, 'control'), armOfKind(scenario, 'incident')]
  const files = { ...own, differences: new Map([...own.differences, [learnerArm, own.differences.get(incident) ?? []]]) }
  const probes = await findProbes(scenario.probes)
  const pace = trial.quick
  const arms = new Map<string, DeployedArm>()
  const trials: Trial[] = []
  let rate: { rateRps: number; capacityRps: number | null } | undefined
  let nextBlock = 0

  const deploy = async ({ signal }: Work, names: readonly string[]): Promise<void> => {
    const namespaceOf = (arm: string): string => (arm === learnerArm ? namespace : armNamespace(scenario.slug, arm))
    const deployed = await deployArms({ cluster, shells, scenario, arms: names, files, namespaceOf, signal })
    for (const [name, arm] of deployed) arms.set(name, arm)
    await openNamespace(cluster)
  }
  const chooseRate = async ({ signal }: Work): Promise<NonNullable<typeof rate>> => {
    const { rateRps, pod } = trial.load
    if (typeof rateRps === 'number') return { rateRps, capacityRps: null }
    return calibrate(kube, await loadPod(kube, arms.get(incident)?.namespace ?? '', pod), rateRps, signal)
  }
  const measureBlock = async ({ signal }: Work, say: Say, slots: readonly Slot[]): Promise<void> => {
    const block = nextBlock++
    for (const slot of slots) {
      for (let tries = 0; tries <= moreTries && !isMeasured(trials, { ...slot, block }); tries += 1) {
        say(`${slot.arm}${slot.again ? ' again' : ''}, block ${block + 1}`)
        const arm = arms.get(slot.arm)
        if (!arm) throw new Error(`arm ${slot.arm} is not deployed`)
        const order = {
          slug: scenario.slug,
          emit,
          kube,
          shells,
          openAdminShell,
          trial,
          pace,
          probes,
          signal,
          timePhase: uncounted,
          rateRps: rate?.rateRps ?? 0,
        }
        const measured = await runTrial({ ...order, arm, slot: { ...slot, block }, order: trials.length })
        trials.push({ ...measured, floorMs: null })
      }
    }
  }
  const describe = (changes: string) =>
    describeScenario({
      scenario,
      folder: loaded.folder,
      files: withChanges(files, changes),
      arms: Object.keys(scenario.arms),
      pace: { ...pace, blocks: nextBlock },
      mode: 'quick',
      rateRps: rate?.rateRps ?? 0,
      capacityRps: rate?.capacityRps ?? null,
      probes,
      trials: trials.map((each, order) => ({ ...each, order })),
      episode: null,
      complete: true,
    })
  const once = (arm: string): Slot => ({ arm, again: false })

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
        await step('deploy the original system', () => deploy(work, [learnerArm]))
        return []
      }
      await step('deploy the system, healthy and broken', () => deploy(work, [control, incident, learnerArm]))
      rate = await step('choose the load', () => chooseRate(work))
      await step('confirm the incident', (say) =>
        measureBlock(work, say, [once(control), once(incident), { arm: control, again: true }]),
      )
      return proofOfIncident(describe(''), seed)
    },
    measure: async ({ step, signal }, changes) => {
      trials.splice(0, trials.length, ...trials.filter(({ arm }) => arm !== learnerArm)) // of the learner's earlier systems
      await deploymentsReady(kube, namespace, signal, 60_000)
      await servicesReachPods(kube, [namespace], shells, signal)
      const whole = [control, learnerArm, incident].map(once)
      await step('measure healthy, yours and broken in turn', async (say) => {
        await measureBlock({ step, signal }, say, whole)
        await measureBlock({ step, signal }, say, [learnerArm, control].map(once)) // the incident was also measured at set-up
        if (isUndecided(describe(changes), seed))
          await measureBlock({ step, signal }, say, [...whole, { arm: control, again: true }]) // with three or more, one odd trial does not decide
      })
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

/** Whether the learner's arm has no verdict so far. */
const isUndecided = (measured: MeasuredScenario, seed: number): boolean =>
  judge(caseOf(measured, { seed, steadyArms: measured.arms.length })).arms[learnerArm]?.verdict === 'inconclusive'
