// What the commands of a workshop say to a person.
import { verdictWords } from '../../report/write/verdict-words.ts'
import type { Checked, ExerciseStatus } from '../../workshop/message.ts'

export const standingLines = ({ pager, client, checks, hints, live }: ExerciseStatus): string[] => [
  pager,
  '',
  `the client: ${client}`,
  `live: ${live}`,
  ...(hints > 0 ? [`hints: ${hints} of 3`] : []),
  ...checks.map(({ verdict, reason }, index) => `check ${index + 1}: ${verdictWords(verdict).word}: ${reason}`),
]

/** The verdict comes last: it is what the learner waits for. */
export const checkedLines = ({ verdict, reason, changes, like, report }: Checked, costs: readonly string[]): string[] => {
  const { symbol, word, means } = verdictWords(verdict)
  return [
    ...(changes.length > 0
      ? ['what you changed', ...changes.map((line) => `  ${line}`)]
      : ['you changed nothing that the lab can see']),
    ...(like ? [`this is like ${like.arm}: ${like.summary}. Known of it: ${verdictWords(like.expected).word}`] : []),
    ...(costs.length > 0 ? ['what it costs', ...costs.map((line) => `  ${line}`)] : []),
    `report: ${report}/report.html`,
    '',
    `${symbol} ${word}: ${means}`,
    `  ${reason}`,
  ]
}
