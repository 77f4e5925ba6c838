// The story of an episode: the trigger, each step at its moment, and the end.
import { applyInNamespace } from '../../kube/namespace.ts'
import { waitFor } from '../../kube/wait.ts'
import { durationMs } from '../../model/moment.ts'
import type { EpisodePace } from '../../model/scenario.ts'
import { momentWords } from '../../timeline/is-reached.ts'
import type { Recorder } from '../../recorder/recorder.ts'
import { act } from './act.ts'
import type { Stage } from './act.ts'

export interface Story extends Stage {
  readonly pace: EpisodePace
}

/** Applies the trigger after the warm-up, runs each step at its moment, and returns what ended the episode. */
export const runStory = async (story: Story, recorder: Recorder): Promise<string> => {
  const { node, arm, pace } = story
  const { signal } = node
  const warm = performance.now() + durationMs(pace.warmup)
  await waitFor({ what: 'the warm-up to be over', deadlineMs: durationMs(pace.warmup) + 1000, everyMs: 50, signal }, async () =>
    performance.now() >= warm ? { value: undefined } : { notYet: 'warming up' },
  )
  recorder.pull()
  if (arm.trigger) {
    const recordOutput = recorder.act('trigger')
    await applyInNamespace(node.kube, arm.trigger.objects, arm.namespace, signal)
    await arm.trigger.start?.()
    if (arm.trigger.script) recordOutput(await act(story, { run: arm.trigger.script }, recorder))
  }
  const todo = new Set(arm.steps)
  const deadlineMs = durationMs(pace.window)
  return waitFor({ what: 'the end of the episode', deadlineMs: deadlineMs + 30_000, signal }, async () => {
    for (const step of [...todo].filter(({ when }) => recorder.isReached(when))) {
      todo.delete(step)
      const recordOutput = recorder.act(step.what)
      recordOutput(await act(story, step, recorder))
    }
    const end = arm.until.find((moment) => recorder.isReached(moment))
    if (end) return { value: momentWords(end) }
    return recorder.nowMs() >= deadlineMs ? { value: `its deadline of ${pace.window}` } : { notYet: `${recorder.nowMs()} ms` }
  })
}
