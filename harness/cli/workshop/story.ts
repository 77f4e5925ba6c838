// The record of an exercise, as text.
import { LabError } from '../../model/lab-error.ts'
import { verdictWords } from '../../report/write/verdict-words.ts'
import type { Checked } from '../../workshop/message.ts'
import type { Line } from '../../workshop/record.ts'

interface Facts {
  readonly started: Line & { readonly what: 'started' }
  readonly last: Line
  readonly checks: readonly Checked[]
  /** Time of the first check with the verdict fixed; null: none. */
  readonly fixedAt: string | null
  readonly hints: number
  readonly sawSolution: boolean
}

export const factsOf = (record: readonly Line[]): Facts => {
  const [first] = record
  const last = record.at(-1)
  if (first?.what !== 'started' || !last)
    throw new LabError('The record of the exercise has no beginning', {
      exit: 'usage',
      why: 'its first line does not say that an exercise started: the file was cut or edited',
      next: 'name the record of another exercise: this one cannot be completed',
    })
  const checked = record.flatMap((line) => (line.what === 'checked' ? [{ at: line.at, ...line.checked }] : []))
  return {
    started: first,
    last,
    checks: checked,
    fixedAt: checked.find(({ verdict }) => verdict === 'fixed')?.at ?? null,
    hints: record.filter(({ what }) => what === 'hint').length,
    sawSolution: record.some(({ what }) => what === 'solution'),
  }
}

/** The exercise in a sentence. */
export const answerWords = ({ started, checks, fixedAt, sawSolution }: Facts): string => {
  const solved = sawSolution ? ', with the known solution' : ''
  const count = `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`
  if (fixedAt !== null) return `Fixed after ${minutesBetween(started.at, fixedAt)} and ${count}${solved}.`
  const best = checks.at(-1)
  return best ? `Not fixed: ${verdictWords(best.verdict).word} after ${count}${solved}.` : 'Not checked.'
}

export const minutesBetween = (from: string, to: string): string => {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

/** Everything except the client's results, a line each. */
export const doneWords = (record: readonly Line[]): readonly { readonly at: string; readonly what: string }[] =>
  record.flatMap((line) => wordsOf(line).map((what) => ({ at: line.at, what })))

const wordsOf = (line: Line): readonly string[] => {
  if (line.what === 'broken') return ['the incident has begun']
  if (line.what === 'changed') return line.changes.filter((change) => !change.startsWith(' '))
  if (line.what === 'hint') return [`hint ${line.number} of 3`]
  if (line.what === 'checked') return [`check: ${verdictWords(line.checked.verdict).word}`]
  if (line.what === 'solution') return [`the known repair is ${line.applied ? 'applied' : 'shown'}`]
  if (line.what === 'reset') return ['reset']
  return line.what === 'ended' ? ['the exercise ends'] : []
}
