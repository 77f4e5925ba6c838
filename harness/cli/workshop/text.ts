// Output of the workshop commands.
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

/** The verdict comes last: the learner waits for it. */
export const checkedLines = ({ verdict, reason, changes, like, report }: Checked, costs: readonly string[]): string[] => {
  const { symbol, word, means } = verdictWords(verdict)
  return [
    ...(changes.length > 0 ? ['what you changed', ...changes.map((line) => `  ${line}`)] : ['no changes detected']),
    ...(like
      ? [`this matches a known remedy, ${like.arm}: ${like.summary}; its expected verdict: ${verdictWords(like.expected).word}`]
      : []),
    ...(costs.length > 0 ? ['costs', ...costs.map((line) => `  ${line}`)] : []),
    `report: ${report}/report.html`,
    '',
    `${symbol} ${word}: ${means}`,
    `  ${reason}`,
  ]
}
