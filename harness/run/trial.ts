// One trial of one arm: a fresh connection, the proof, the load, the metrics.
import type { Kube, Manifest } from '../kube/client.ts'
import { apply, fieldManager } from '../kube/apply.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { openLoad } from '../load/grpc-load.ts'
import { loadFaults } from '../load/self-check.ts'
import type { Trial } from '../model/run.ts'
import type { Pace, SteadyTrial } from '../model/scenario.ts'
import { podNames } from '../probe/pods.ts'
import { startProbes } from './probes.ts'
import type { ReadyProbe } from './probes.ts'

/** An arm as it stands in the cluster. */
export interface DeployedArm {
  readonly name: string
  readonly namespace: string
  readonly manifests: readonly Manifest[]
  /** Applied when the connection is open, undone after the trial. */
  readonly whenConnected: readonly Manifest[]
}

export interface TrialOrder {
  readonly kube: Kube
  readonly arm: DeployedArm
  readonly block: number
  readonly order: number
  readonly trial: SteadyTrial
  readonly pace: Pace
  readonly probes: readonly ReadyProbe[]
  readonly signal: AbortSignal
}

export const runTrial = async ({ kube, arm, block, order, trial, pace, probes, signal }: TrialOrder): Promise<Trial> => {
  const { namespace } = arm
  const startedAt = new Date().toISOString()
  const [client = ''] = await podNames(kube, namespace, trial.load.pod)
  const pods = await podNames(kube, namespace, trial.servers)
  const load = await openLoad(kube, { namespace, pod: client, container: '' }, { ...trial.load, ...pace }, signal)
  try {
    await applyWhenConnected(kube, arm, signal)
    const all = await podNames(kube, namespace, trial.servers)
    const observed = await startProbes(probes, { kube, namespace, pods, servers: trial.servers, signal })
    const result = await load.send()
    const found = await observed.end(result)
    return {
      arm: arm.name,
      block,
      order,
      startedAt,
      pods: all,
      ...found,
      invalid: loadFaults(result, trial.limits),
      load: result,
    }
  } finally {
    await undo(kube, arm, signal)
  }
}

const applyWhenConnected = async (kube: Kube, arm: DeployedArm, signal: AbortSignal): Promise<void> => {
  if (arm.whenConnected.length === 0) return
  await apply(kube, arm.whenConnected, arm.namespace, `${fieldManager}-remedy`)
  await deploymentsReady(kube, arm.namespace, signal)
}

/** The manifests again, as they were: what the difference changed goes back. */
const undo = async (kube: Kube, arm: DeployedArm, signal: AbortSignal): Promise<void> => {
  if (arm.whenConnected.length === 0 || signal.aborted) return
  await apply(kube, arm.manifests, arm.namespace)
  await deploymentsReady(kube, arm.namespace, signal)
}
