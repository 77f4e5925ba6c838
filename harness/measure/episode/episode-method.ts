// The method of a scenario's episodes, in words, for run.json: trigger, steps, ends, nodes, kubelet settings.
import { stringify } from 'yaml'
import { ownTrigger } from '../../model/run.ts'
import type { EpisodeMethod, SmallNode } from '../../model/run.ts'
import type { Arm, EpisodeTrial, Scenario, Step } from '../../model/scenario.ts'
import { momentWords } from '../../timeline/is-reached.ts'
import type { ScenarioFiles } from '../../scenario/arm-manifests.ts'

export const episodeMethod = (
  { arms }: Scenario,
  trial: EpisodeTrial,
  files: ScenarioFiles,
  nodes: readonly SmallNode[],
): EpisodeMethod => {
  const textOf = (file: string): string => files.applied.get(file)?.text ?? ''
  const stepOf = (arm: string | null, { when, what, apply, run }: Step): EpisodeMethod['steps'][number] => {
    const file = apply ?? run ?? null
    return { arm, when: momentWords(when), what, file, text: file && textOf(file) }
  }
  const triggerOf = ({ trigger }: Arm): Step[] =>
    trigger ? [{ when: { after: '0s' }, what: ownTrigger, [trigger.endsWith('.sh') ? 'run' : 'apply']: trigger }] : []
  return {
    trigger: { file: trial.trigger, text: textOf(trial.trigger) },
    steps: [
      ...trial.steps.map((step) => stepOf(null, step)),
      ...Object.entries(arms).flatMap(([name, arm]) => [...triggerOf(arm), ...arm.steps].map((step) => stepOf(name, step))),
    ],
    until: [
      ...trial.until.map(momentWords),
      ...Object.entries(arms).flatMap(([name, { until }]) => (until ? [`${name}: ${until.map(momentWords).join(', or ')}`] : [])),
    ],
    nodes: [...nodes],
    kubelet: {
      ...Object.fromEntries(Object.entries(trial.node.kubelet).map(([field, value]) => [field, settingText(value)])),
      ...Object.fromEntries(Object.entries(trial.node.kubeletFlags).map(([flag, value]) => [`--${flag}`, value])),
    },
  }
}

/** "memory.available: 512Mi, nodefs.available: 0%" */
const settingText = (value: unknown): string => stringify(value).trim().replaceAll('\n', ', ')
