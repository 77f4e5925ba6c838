// Actions of the lab in an episode: apply objects, delete pods, run a script as an administrator, run a remedy of the command line.
import { remove } from '../../kube/apply.ts'
import { applyInNamespace } from '../../kube/namespace.ts'
import type { Step } from '../../model/scenario.ts'
import type { Testbed } from '../../model/testbed.ts'
import { stripFinalizers, stripWords } from '../../remedy/strip-finalizers.ts'
import type { Recorder } from '../../recorder/recorder.ts'
import type { EpisodeArm } from './episode-arm.ts'
import type { EpisodeNode } from './episode-node.ts'

export interface Stage {
  readonly node: EpisodeNode
  readonly arm: EpisodeArm
  readonly testbed: Pick<Testbed, 'script'>
}

/** Executes the action, and returns its output. */
export const act = async (stage: Stage, step: Omit<Step, 'when' | 'what'>, recorder: Recorder): Promise<string> => {
  const { node, arm } = stage
  if (step.apply) await applyInNamespace(node.kube, arm.objectsOf(step.apply), arm.namespace)
  if (step.delete) await deletePods(stage, step.delete, recorder)
  if (step.run) {
    const { run: file, args = [] } = step
    return stage.testbed.script({ file, text: arm.textOf(file), namespace: arm.namespace, args }, node.signal)
  }
  if (step.remedy) return stripWords(await stripFinalizers(node.kube, { namespace: arm.namespace, dryRun: false }))
  return ''
}

const deletePods = async ({ node, arm }: Stage, meant: NonNullable<Step['delete']>, recorder: Recorder): Promise<void> => {
  const lanes = recorder
    .lanes()
    .filter(({ kind, group, states }) => kind === 'pod' && group === meant.pods && states.at(-1)?.state === meant.are)
  for (const { name } of lanes)
    await remove(node.kube, { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: arm.namespace } })
}
