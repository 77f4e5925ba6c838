// The load of an exercise, and its events for a live page: replies per second, states of pods, changes.
import type { Kube } from '../kube/client.ts'
import type { LoadResult } from '../model/trial.ts'
import type { Scenario } from '../model/scenario.ts'
import { podNames } from '../probe/kit/pods.ts'
import { startRecorder } from '../recorder/recorder.ts'
import { emitTrial } from '../events/emit.ts'
import type { Emit } from '../events/emit.ts'
import { keepLoading } from './client-load.ts'
import { learnerArm, namespace } from './staged.ts'
import type { Staged } from './staged.ts'

interface Order {
  readonly scenario: Scenario
  readonly staged: Staged
  readonly emit: Emit
  /** Called after each window of the load, before the next, with its result; a text if nothing was sent. */
  readonly onWindow: (result: LoadResult | string) => Promise<void>
}

export interface LoadFeed {
  /** Reports changes in the cluster. */
  readonly show: (changes: readonly string[]) => void
  /** Resolves when the load has stopped. */
  readonly stop: () => Promise<void>
}

const lookMs = 1000

/** Runs the load until it is stopped. */
export const startLoadFeed = async (kube: Kube, { scenario, staged, emit, onWindow }: Order): Promise<LoadFeed> => {
  const { slug, trial } = scenario
  const rateRps = staged.rateRps()
  const recorder = await startRecorder(kube, namespace, staged.node)
  const pods = await podNames(kube, namespace, trial.servers).catch(() => []) // the load reports a cluster that does not answer
  const { kind } = trial
  const about = { slug, arm: learnerArm, block: 0, replica: 0, kind, node: staged.node, pods, rateRps, lastsMs: null }
  const emitter = emitTrial(emit, about)
  const looking = setInterval(() => emitter.story(recorder.soFar), lookMs)
  const stop = keepLoading(kube, {
    pod: trial.load.pod,
    program: trial.load.program,
    rateRps,
    onSecond: (second) => emitter.second(second, () => ({})),
    onWindow,
  })
  return {
    show: (changes) => {
      for (const change of linesOf(changes)) recorder.act(change)
    },
    stop: async () => {
      await stop()
      clearInterval(looking)
      emitter.story(recorder.soFar)
      await recorder.stop()
      emitter.end([], null)
    },
  }
}

/** A line for each object, with the first of its fields that changed. */
const linesOf = (changes: readonly string[]): string[] =>
  changes
    .join('\n')
    .split(/\n(?! )/)
    .filter(Boolean)
    .map((change) => {
      const [what = '', ...fields] = change.split('\n').map((line) => line.trim())
      return [what, fields.slice(0, 2).join(', ')].filter(Boolean).join(': ')
    })
