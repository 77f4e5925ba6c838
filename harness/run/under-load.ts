// What an arm changes under load: its script, run when its time has come, and what is told of it.
import { setTimeout as pause } from 'node:timers/promises'
import type { Kube } from '../kube/client.ts'
import { deploymentsReady } from '../kube/workloads-ready.ts'
import { durationMs } from '../model/moment.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { LoadResult } from '../model/run.ts'
import type { Pace } from '../model/scenario.ts'
import type { Change } from '../probe/probe.ts'
import { runAsAdmin } from './admin-script.ts'

/** A script, and how long after the window began it is run. */
export interface UnderLoad {
  readonly afterMs: number
  readonly file: string
  readonly text: string
}

interface Order {
  readonly kube: Kube
  readonly openAdminShell: () => NodeShell
  readonly arm: { readonly namespace: string; readonly underLoad: UnderLoad | null }
  readonly pace: Pace
  readonly signal: AbortSignal
}

export interface Changed {
  readonly file: string
  readonly printed: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly settled: number
}

/** Runs what the arm runs under load, when its time has come; called when the load begins. Null: nothing. */
export const changeUnderLoad = async ({ kube, arm, pace, openAdminShell, signal }: Order): Promise<Changed | null> => {
  if (!arm.underLoad) return null
  const { afterMs, file, text } = arm.underLoad
  await pause(durationMs(pace.warmup) + afterMs, undefined, { signal })
  const at = Date.now()
  const printed = await runAsAdmin(openAdminShell, { file, text, namespace: arm.namespace })
  await deploymentsReady(kube, arm.namespace, signal)
  return { file, printed, at, settled: Date.now() }
}

/** When it was, on the load's own clock. */
export const sinceWindow = ({ at, settled }: Changed, { startedAt }: LoadResult): Change => {
  const start = Date.parse(startedAt)
  return { atMs: at - start, settledMs: settled - start }
}

/** For the proof: when, and what was printed. */
export const changeWords = ({ atMs, settledMs }: Change, { file, printed }: Changed): string => {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
  return `${file}, run ${seconds(atMs)} into the window, done and ready at ${seconds(settledMs)}: ${printed.replaceAll('\n', ' · ')}`
}
