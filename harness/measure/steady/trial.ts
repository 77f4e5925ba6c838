// One trial of one arm: a new connection, the proof, the load, the metrics.
import type { Kube, Manifest } from '../../kube/client.ts'
import { apply } from '../../kube/apply.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { watchHost } from '../../load/host-use.ts'
import { openLoad } from '../../load/load-client.ts'
import { trialFaults } from '../../load/self-check.ts'
import type { NodeShell } from '../../model/node-shell.ts'
import type { TimePhase } from '../../model/phase.ts'
import type { Trial } from '../../model/trial.ts'
import { durationMs } from '../../model/moment.ts'
import type { Pace, SteadyTrial } from '../../model/scenario.ts'
import { podNames } from '../../probe/kit/pods.ts'
import { startProbes } from '../probes.ts'
import { thenCleanUp } from '../side-by-side.ts'
import { emitToEnd, emitTrial } from '../../events/emit.ts'
import type { Emit, TrialEmitter } from '../../events/emit.ts'
import type { ReadyProbe } from '../../probe/kit/find-probe.ts'
import { changeUnderLoad, describeChange } from './under-load.ts'
import type { UnderLoad } from './under-load.ts'

/** A deployed arm. */
export interface DeployedArm {
  readonly name: string
  readonly namespace: string
  readonly manifests: readonly Manifest[]
  /** The changed manifests during a trial, if the arm changes them once the connection is open; else none. */
  readonly whenConnected: readonly Manifest[]
  /** Its script under load; null: none. */
  readonly underLoad: UnderLoad | null
  /** Namespaces of the add-ons it needs. */
  readonly addOns: readonly string[]
}

/** A place in the order of trials. */
export interface Slot {
  readonly arm: string
  /** The block's second trial of control. */
  readonly again: boolean
}

export interface TrialTask {
  readonly slug: string
  readonly emit: Emit
  readonly kube: Kube
  readonly shells: ReadonlyMap<string, NodeShell>
  readonly openAdminShell: () => NodeShell
  readonly arm: DeployedArm
  readonly slot: Slot & { readonly block: number }
  readonly order: number
  readonly trial: SteadyTrial
  readonly rateRps: number
  readonly pace: Pace
  readonly probes: readonly ReadyProbe[]
  readonly signal: AbortSignal
  readonly timePhase: TimePhase
}

export const runTrial = async (order: TrialTask): Promise<Omit<Trial, 'floorMs'>> => {
  const { kube, arm, slot, trial, pace, rateRps } = order
  const startedAt = new Date().toISOString()
  const pods = await podNames(kube, arm.namespace, trial.servers)
  const lastsMs = setUpMs + durationMs(pace.warmup) + durationMs(pace.window)
  const begins = { slug: order.slug, ...slot, kind: 'steady', node: null, pods, rateRps, lastsMs } as const
  return emitToEnd(emitTrial(order.emit, begins), (emitter) => measure(order, startedAt, pods, emitter))
}

/** Approximate time of a trial before its load. */
const setUpMs = 1500

const measure = async (
  order: TrialTask,
  startedAt: string,
  pods: readonly string[],
  emitter: TrialEmitter,
): Promise<Omit<Trial, 'floorMs'>> => {
  const { kube, shells, arm, slot, trial, pace, signal } = order
  const { namespace } = arm
  const client = await loadPod(kube, namespace, trial.load.pod)
  const load = await openLoad(kube, client, { ...pace, program: trial.load.program, rateRps: order.rateRps }, signal)
  return thenCleanUp(
    async () => {
      await applyWhenConnected(kube, arm, signal)
      const all = await podNames(kube, namespace, trial.servers)
      const observed = await startProbes(order.probes, {
        kube,
        namespace,
        pods,
        servers: trial.servers,
        shells,
        node: null,
        addOns: arm.addOns,
        signal,
      })
      try {
        const hostUse = await watchHost([...shells.values()])
        const [result, changed] = await order.timePhase('load', () =>
          Promise.all([load.send((second) => emitter.second(second, () => observed.seen(null).series)), changeUnderLoad(order)]),
        )
        const host = await hostUse()
        const change = changed && describeChange(changed, result)
        const found = await observed.end(result, host, null, change)
        const invalid = trialFaults(result, host, trial.limits, change !== null)
        return {
          ...slot,
          order: order.order,
          startedAt,
          pods: all,
          ...found,
          proof: [...found.proof, ...(change ? [change.words] : [])],
          invalid,
          host,
          load: result,
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
