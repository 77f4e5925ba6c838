// One trial of one deployment: a new connection, the proof, the load, the metrics.
import type { Kube } from '../../kube/client.ts'
import { apply } from '../../kube/apply.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { openLoad } from '../../load/load-client.ts'
import { trialFaults } from '../../load/self-check.ts'
import { slotOf } from '../../model/design.ts'
import type { PlannedTrial } from '../../model/design.ts'
import type { TimePhase } from '../../model/phase.ts'
import type { Testbed } from '../../model/testbed.ts'
import type { Trial } from '../../model/trial.ts'
import { durationMs } from '../../model/moment.ts'
import type { Pace, SteadyTrial } from '../../model/scenario.ts'
import { podNames } from '../../probe/kit/pods.ts'
import { startProbes } from '../probes.ts'
import { thenCleanUp } from '../../side-by-side.ts'
import { emitToEnd, emitTrial } from '../../events/emit.ts'
import type { Emit, TrialEmitter } from '../../events/emit.ts'
import type { ReadyProbe } from '../../probe/kit/find-probe.ts'
import type { DeployedArm } from './deploy-arms.ts'
import { changeUnderLoad, describeChange } from './under-load.ts'

/** What all trials of a scenario share. */
export interface SteadyBench {
  readonly slug: string
  readonly trial: SteadyTrial
  readonly probes: readonly ReadyProbe[]
  readonly kube: Kube
  readonly testbed: Testbed
  readonly emit: Emit
  readonly timePhase: TimePhase
  readonly signal: AbortSignal
}

export interface SteadyTask {
  readonly planned: PlannedTrial
  readonly arm: DeployedArm
  /** Place among the trials of the scenario in the order they begin. */
  readonly order: number
  readonly rateRps: number
  readonly pace: Pace
}

export const runTrial = async (bench: SteadyBench, task: SteadyTask): Promise<Trial> => {
  const { arm, planned, pace, rateRps } = task
  const pods = await podNames(bench.kube, arm.namespace, bench.trial.servers)
  const lastsMs = setUpMs + durationMs(pace.warmup) + durationMs(pace.window)
  const begins = { slug: bench.slug, ...slotOf(planned), kind: 'steady', node: null, pods, rateRps, lastsMs } as const
  return emitToEnd(emitTrial(bench.emit, begins), (emitter) => measure(bench, task, pods, emitter))
}

/** Approximate time of a trial before its load. */
const setUpMs = 1500

const measure = async (bench: SteadyBench, task: SteadyTask, pods: readonly string[], emitter: TrialEmitter): Promise<Trial> => {
  const startedAt = new Date().toISOString()
  const { kube, testbed, trial, signal } = bench
  const { arm, planned, pace, order, rateRps } = task
  const { namespace, addOns } = arm
  const { servers, limits } = trial
  const client = await loadPod(kube, namespace, trial.load.pod)
  const load = await openLoad(kube, client, { ...pace, program: trial.load.program, rateRps }, signal)
  return thenCleanUp(
    async () => {
      await applyWhenConnected(kube, arm, signal)
      const all = await podNames(kube, namespace, servers)
      const observed = await startProbes(bench.probes, { kube, namespace, pods, servers, testbed, node: null, addOns, signal })
      try {
        const hostUse = await testbed.noise()
        const [result, changed] = await bench.timePhase('load', () =>
          Promise.all([
            load.send((second) => emitter.second(second, () => observed.seen(null).series)),
            changeUnderLoad(bench, arm, pace),
          ]),
        )
        const host = await hostUse()
        const change = changed && describeChange(changed, result)
        const found = await observed.end({ load: result, host, timeline: null, change })
        return {
          ...slotOf(planned),
          order,
          startedAt,
          pods: all,
          ...found,
          proof: [...found.proof, ...(change ? [change.words] : [])],
          invalid: [...trialFaults(result, host, limits, change !== null), ...found.invalid],
          host,
          load: result,
          floorMs: planned.floorMs,
          node: null,
        }
      } finally {
        observed.stop()
      }
    },
    () => undo(kube, arm, signal),
  )
}

/** The container the load runs in. */
export const loadPod = async (kube: Kube, namespace: string, selector: string) => {
  const [pod = ''] = await podNames(kube, namespace, selector)
  return { namespace, pod, container: '' }
}

const applyWhenConnected = async (kube: Kube, arm: DeployedArm, signal: AbortSignal): Promise<void> => {
  if (arm.whenConnected.length === 0) return
  await apply(kube, arm.whenConnected, arm.namespace)
  await deploymentsReady(kube, arm.namespace, signal)
}

/** Reapplies the original manifests. */
const undo = async (kube: Kube, arm: DeployedArm, signal: AbortSignal): Promise<void> => {
  if ((arm.whenConnected.length === 0 && !arm.underLoad) || signal.aborted) return
  await apply(kube, arm.manifests, arm.namespace)
  await deploymentsReady(kube, arm.namespace, signal)
}
