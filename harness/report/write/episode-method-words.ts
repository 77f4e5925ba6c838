// The method of episodes, in sentences for both renderings: trigger, steps, end.
import { ownTrigger } from '../../model/run.ts'
import type { EpisodeMethod, ScenarioRun } from '../../model/run.ts'
import { listed } from './listed.ts'
import { duration } from './date.ts'
import { claimWords } from './outcome-words.ts'

type Term = readonly [term: string, sentence: string]
type Method = ScenarioRun['method']

const stepWords = ({ arm, when, what }: EpisodeMethod['steps'][number]): string =>
  `${what} (${when}, in ${arm === null ? 'every arm but control' : `the arm ${arm}`})`

/** Where the trigger is applied: not in control, nor in an arm with its own trigger. */
const triggerScope = ({ trigger, steps }: EpisodeMethod): string => {
  const own = steps.flatMap(({ arm, what }) => (what === ownTrigger && arm !== null ? [arm] : []))
  return `${isScript(trigger.file) ? 'run' : 'applied'} at 0 s in every arm but ${listed([...new Set(['control', ...own])])}`
}

/** A file that is applied or run during an episode. */
interface EpisodeFile {
  readonly name: string
  /** Purpose and time of each use. */
  readonly uses: readonly string[]
  readonly content: string
  readonly language: 'yaml' | 'bash'
}

/** Each file once, the trigger first. */
export const episodeFiles = (episode: EpisodeMethod): EpisodeFile[] => {
  const { trigger, steps } = episode
  const files = new Map([[trigger.file, { uses: [`the trigger, ${triggerScope(episode)}`], content: trigger.text }]])
  for (const step of steps.filter(({ text }) => text !== null)) {
    const name = step.file ?? step.what
    const { uses = [], content = step.text ?? '' } = files.get(name) ?? {}
    files.set(name, { uses: [...uses, stepWords(step)], content })
  }
  return [...files].map(([name, file]) => ({ name, ...file, language: isScript(name) ? 'bash' : 'yaml' }))
}

const isScript = (file: string): boolean => file.endsWith('.sh')

const nodeTerms = ({ nodes }: EpisodeMethod): Term[] =>
  nodes.map(({ name, how, capacity }) => {
    const reported = Object.entries(capacity).map(([resource, amount]) => `${resource} ${amount}`)
    return ['Small node', `${name}: ${how}${reported.length === 0 ? '' : `; its kubelet then reports ${listed(reported)}`}.`]
  })

const kubeletTerms = ({ kubelet }: EpisodeMethod): Term[] => {
  const settings = Object.entries(kubelet).map(([field, setting]) => `${field}: ${setting}`)
  return settings.length === 0
    ? []
    : [['Kubelet', `Overrides of the cluster’s settings, the same in every arm: ${settings.join('; ')}.`]]
}

const orderTerms = ({ blocks, warmup, window }: Method): Term[] => [
  [
    'Episodes',
    `${blocks === 1 ? 'One episode' : `${blocks} episodes`} of every arm, each in a new namespace on its own node; the client sends throughout. The lab observes an episode from ${duration(warmup)} before the trigger to at most ${duration(window)} after it.`,
  ],
]

/** The course of an episode; a term and a sentence each. */
export const episodeTerms = (method: Method, episode: EpisodeMethod): readonly Term[] => [
  ...orderTerms(method),
  ['Trigger', `${episode.trigger.file}, ${triggerScope(episode)}.`],
  ...(episode.steps.length === 0 ? [] : [['Steps', `${episode.steps.map(stepWords).join('; ')}.`] as const]),
  [
    'Until',
    episode.until.length === 0
      ? `Every episode lasts ${duration(method.window)} from the trigger.`
      : `An episode ends on the first of these: ${episode.until.join('; ')}; else ${duration(method.window)} after the trigger.`,
  ],
  ...nodeTerms(episode),
  ...kubeletTerms(episode),
  ['Claims', claimWords(method.blocks)],
  [
    'Values',
    'Each episode is judged by itself. A value is the median of the arm’s valid episodes (counts: their sum); in round brackets: the smallest and the largest.',
  ],
]
