// Decides how actions are carried out: a few at once, each on its own, a line for each thing done or refused.
import type { V1Pod } from '@kubernetes/client-node'
import { wordsOf } from '../controller/api.ts'
import type { Log } from '../service/log.ts'
import type { FleetStatus } from './fleet.ts'
import type { Action } from './plan.ts'

const atOnce = 8

/** What the operator asks of the API server. Each resolves to whether it changed anything. */
export interface Cluster {
  /** False when the name is taken. */
  readonly createPod: (pod: V1Pod) => Promise<boolean>
  /** False when that pod is gone already. */
  readonly deletePod: (name: string, uid: string) => Promise<boolean>
  /** False when that pod is gone already, or has not the finalizer there any more. */
  readonly removeFinalizer: (name: string, uid: string, finalizerIndex: number) => Promise<boolean>
  /** Writes an address, or removes it when it is null. False when there was nothing to remove it from. */
  readonly recordAddress: (podName: string, address: string | null) => Promise<boolean>
  /** False when the Fleet is gone already. */
  readonly reportStatus: (fleetName: string, status: FleetStatus) => Promise<boolean>
}

/** Carries all of them out, or those begun before `signal` aborts. Rejects at the end when any failed. */
export const act = async (actions: readonly Action[], cluster: Cluster, log: Log, signal: AbortSignal): Promise<void> => {
  let failures = 0
  const queue = actions.values()
  const worker = async (): Promise<void> => {
    for (const action of queue) {
      if (signal.aborted) return
      try {
        if (await carryOut(action, cluster)) log(...lineOf(action))
      } catch (error) {
        failures += 1
        log('failed', { action: action.kind, ...lineOf(action)[1], why: wordsOf(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (failures > 0) throw new Error(`${failures} of ${actions.length} actions failed`)
}

const carryOut = async (action: Action, cluster: Cluster): Promise<boolean> => {
  switch (action.kind) {
    case 'finalize':
      await cluster.recordAddress(action.pod, null)
      return cluster.removeFinalizer(action.pod, action.uid, action.finalizerIndex)
    case 'delete':
      return cluster.deletePod(action.pod, action.uid)
    case 'create':
      return cluster.createPod(action.manifest)
    case 'record':
      return cluster.recordAddress(action.pod, action.address)
    case 'report':
      return cluster.reportStatus(action.fleet, action.status)
  }
}

const lineOf = (action: Action): Parameters<Log> => {
  switch (action.kind) {
    case 'finalize':
      return ['finalized', { pod: action.pod }]
    case 'delete':
      return ['deleted', { pod: action.pod }]
    case 'create':
      return ['created', { pod: action.pod }]
    case 'record':
      return ['recorded', { pod: action.pod, address: action.address }]
    case 'report':
      return ['reported', { fleet: action.fleet, pods: action.status.pods, ready: action.status.ready }]
  }
}
