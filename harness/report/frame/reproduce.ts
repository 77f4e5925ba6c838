// How to repeat a run: the command, its versions, and the data files next to the report.
import type { Run } from '../../model/run.ts'
import { lead } from '../document/elements.ts'
import type { Line, Section } from '../document/elements.ts'
import { commandOf } from '../../model/command.ts'

/** Longest command that is shown; a truncated command would be wrong. */
const longestCommand = 1000

/** The command line; null if it is too long. */
export const reproduceCommand = (run: Run): string | null => {
  const command = commandOf(run)
  return command.length > longestCommand ? null : command
}

/** Shown instead of a command that is too long. */
export const noCommandWords = 'The command is too long to show here.'

export const reproduceSection = (run: Run): Section => {
  const command = reproduceCommand(run)
  return {
    id: 'reproduce',
    title: 'Reproduce this',
    elements: [
      command === null ? lead(noCommandWords) : { element: 'code', text: command, language: 'sh' },
      { element: 'terms', terms: [...reproduceTerms(run), ['Beside this page', ...filesBeside]] },
    ],
  }
}

const filesBeside: readonly Line[] = [
  [{ piece: 'link', to: 'run.json', text: 'run.json' }, 'all measurements and verdicts'],
  [{ piece: 'link', to: 'numbers.csv', text: 'numbers.csv' }, 'every number of every trial'],
]

const isNode = ({ name }: Run['environment']['images'][number]): boolean => /(^|\/)node[^/]*:/.test(name)

/** The seed and the versions. */
export const reproduceTerms = (run: Run): readonly (readonly [term: string, words: string])[] => {
  const { labVersion, labCommit, kubernetes, provider, images, dockerEngine, node } = run.environment
  const nodeImage = images.find(isNode)
  return [
    ['Seed', String(run.seed)],
    ['Lab', labCommit === undefined ? labVersion : `${labVersion}, commit ${labCommit}`],
    ['Kubernetes', `${kubernetes} on ${provider}`],
    ...(nodeImage === undefined ? [] : [['Node image', `${nodeImage.name}, ${nodeImage.from}`] as const]),
    ['Docker engine', dockerEngine],
    ['Node.js', node],
  ]
}
