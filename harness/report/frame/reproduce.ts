// What somebody else needs to repeat a run: the command, what it ran with, and what lies beside the report for programs.
import type { Run } from '../../model/run.ts'
import { lead } from '../document/elements.ts'
import type { Line, Section } from '../document/elements.ts'
import { commandOf } from './command.ts'

/** Scenarios that have names in a shell; a command that was cut would be another one. */
const longestCommand = 1000

/** The command line; null where it names too much to be shown. */
export const reproduceCommand = (run: Run): string | null => {
  const command = commandOf(run)
  return command.length > longestCommand ? null : command
}

/** What is said in place of a command that is too long. */
export const noCommandWords = 'The command names too much to be shown here.'

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
  [{ piece: 'link', to: 'run.json', text: 'run.json' }, 'all that was measured and judged'],
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
