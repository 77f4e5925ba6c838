// A change under load: runs the arm's script at its time, and reports it.
import { setTimeout as pause } from 'node:timers/promises'
import type { Kube } from '../../kube/client.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { durationMs } from '../../model/moment.ts'
import type { Testbed } from '../../model/testbed.ts'
import type { LoadResult } from '../../model/trial.ts'
import type { Pace } from '../../model/scenario.ts'
import type { LoadChange } from '../../probe/kit/probe.ts'

/** A script, and its delay from the start of the window. */
export interface UnderLoad {
  readonly afterMs: number
  readonly file: string
  readonly text: string
}

interface Bench {
  readonly kube: Kube
  readonly testbed: Pick<Testbed, 'script'>
  readonly signal: AbortSignal
}

interface Changed {
  readonly file: string
  readonly printed: string
  /** Start, ms since the epoch. */
  readonly at: number
  /** When the script had ended and the arm's Deployments were ready again. */
  readonly settled: number
}

/** Runs the arm's script under load at its time; called when the load begins. Null: none. */
export const changeUnderLoad = async (
  { kube, testbed, signal }: Bench,
  arm: { readonly namespace: string; readonly underLoad: UnderLoad | null },
  pace: Pace,
): Promise<Changed | null> => {
  if (!arm.underLoad) return null
  const { afterMs, file, text } = arm.underLoad
  await pause(durationMs(pace.warmup) + afterMs, undefined, { signal })
  const at = Date.now()
  const printed = await testbed.script({ file, text, namespace: arm.namespace }, signal)
  await deploymentsReady(kube, arm.namespace, signal)
  return { file, printed, at, settled: Date.now() }
}

/** Its time on the load's clock, and its line of proof. */
export const describeChange = ({ file, printed, at, settled }: Changed, load: LoadResult): LoadChange & { words: string } => {
  const since = (time: number): number => time - Date.parse(load.startedAt)
  const seconds = (time: number): string => `${(since(time) / 1000).toFixed(1)} s`
  const when = `run ${seconds(at)} into a window of ${Math.round(load.windowMs / 1000)} s, done and ready at ${seconds(settled)}`
  return { atMs: since(at), words: `${file}, ${when}: ${printed.replaceAll('\n', ' · ')}` }
}
