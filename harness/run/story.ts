// The story of an episode: the trigger, each step when its moment has come, and what ends it.
import { remove } from '../kube/apply.ts'
import { applyInNamespace } from '../kube/namespace.ts'
import { waitFor } from '../kube/wait.ts'
import { durationMs } from '../model/moment.ts'
import type { Pace, Step } from '../model/scenario.ts'
import type { NodeAccess } from '../node/kubelet.ts'
import { momentWords } from '../timeline/moment.ts'
import type { Recorder } from '../timeline/recorder.ts'
import type { EpisodeArm } from './episode-arm.ts'

export interface Story {
  readonly node: NodeAccess
  readonly arm: EpisodeArm
  readonly pace: Pace
  readonly signal: AbortSignal
}

/** Pulls the trigger after the warm-up, does each step when its moment has come, and tells what ended it. */
export const play = async (story: Story, recorder: Recorder): Promise<string> => {
  const { node, arm, pace, signal } = story
  const warm = performance.now() + durationMs(pace.warmup)
  await waitFor({ what: 'the warm-up to be over', deadlineMs: durationMs(pace.warmup) + 1000, everyMs: 50, signal }, async () =>
    performance.now() >= warm ? { value: undefined } : { notYet: 'warming up' },
  )
  recorder.pull()
  if (arm.triggered.length > 0) {
    recorder.act('trigger')
    await applyInNamespace(node.kube, arm.triggered, arm.namespace)
  }
  const todo = new Set(arm.steps)
  const deadlineMs = durationMs(pace.window)
  return waitFor({ what: 'the end of the episode', deadlineMs: deadlineMs + 30_000, signal }, async () => {
    for (const step of [...todo].filter(({ when }) => recorder.hasCome(when))) {
      todo.delete(step)
      recorder.act(step.what)
      await doStep(story, step, recorder)
    }
    const end = arm.until.find((moment) => recorder.hasCome(moment))
    if (end) return { value: momentWords(end) }
    return recorder.nowMs() >= deadlineMs ? { value: `its deadline of ${pace.window}` } : { notYet: `${recorder.nowMs()} ms` }
  })
}

const doStep = async ({ node, arm }: Story, step: Step, recorder: Recorder): Promise<void> => {
  if (step.apply) await applyInNamespace(node.kube, arm.objectsOf(step.apply), arm.namespace)
  const { pods, are } = step.delete ?? {}
  const meant = recorder
    .lanes()
    .filter(({ kind, group, states }) => kind === 'pod' && group === pods && states.at(-1)?.state === are)
  for (const { name } of meant)
    await remove(node.kube, { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: arm.namespace } })
}
