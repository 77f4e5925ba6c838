// The answer of a comparison in one line: what is lost, what regressed, and what got worse by less than the limit.
import { isWorse } from '../../diff/diff-runs.ts'
import { fewestRuns } from '../../diff/metric-move.ts'
import type { ArmDiff, Lost, RunDiff } from '../../diff/run-diff.ts'
import { cut } from '../../report/write/cut.ts'
import { oneLine } from '../../report/write/one-line.ts'
import { percentChange } from './percent.ts'

/** At most this many items of a list are named; the details follow below. */
const named = 12

/** The answer and the changes behind it. */
export const headline = (diff: RunDiff): string =>
  [answerWords(diff), lostWords(diff), belowLimit(diff)].filter((part) => part !== '').join(' ')

const answerWords = (diff: RunDiff): string => {
  const { answer, scenarios, lost, allowMissing } = diff
  if (answer === 'regressed') return `Regressed: ${armsWhere(diff, isWorse)}.`
  if (answer === 'unclear') {
    const unclear = armsWhere(diff, ({ verdict }) => verdict.change === 'unclear')
    if (unclear) return `Inconclusive: there is no answer for ${unclear}.`
    if (lost.length > 0 && !allowMissing) return 'Inconclusive: the newer run measured less than the older runs.'
    return scenarios.some(({ arms }) => arms.length > 0) ? tooFewRuns(diff) : 'Inconclusive: the runs have no arm in common.'
  }
  const known = armsWhere(diff, (arm) => [arm.verdict, ...arm.metrics].some(({ acknowledged }) => acknowledged !== null))
  if (known) return `Worse beyond noise, but acknowledged: ${known}.`
  if (belowLimit(diff)) return `Nothing got worse by ${limitWords(diff)} or more.`
  return lost.length > 0 ? 'Nothing that was compared got worse beyond noise.' : 'Nothing got worse beyond noise.'
}

const tooFewRuns = (diff: RunDiff): string => {
  if (diff.paired) return 'Inconclusive: so few blocks decide nothing about metrics.'
  const isJudged = ({ metrics }: ArmDiff): boolean => metrics.some(({ answer }) => answer !== 'not-judged')
  const which = diff.scenarios.some(({ arms }) => arms.some(isJudged))
    ? `did not judge the metrics of ${armsWhere(diff, (arm) => arm.metrics.length > 0 && !isJudged(arm))}`
    : 'judged no metric'
  return `Inconclusive: the lab needs ${fewestRuns} older runs to know how far runs of different days are apart, so it ${which}.`
}

const lostWords = ({ lost, allowMissing }: RunDiff): string => {
  if (lost.length === 0) return ''
  const words = [...new Set(lost.map(({ scenario }) => scenario))].map((slug) => {
    const of = lost.filter(({ scenario }) => scenario === slug)
    const parts = of.map(lostPart).filter((part) => part !== '')
    return parts.length === 0 ? name(slug) : `${name(slug)} (${listed(parts)})`
  })
  return `Missing in the newer run${allowMissing ? ', as --allow-missing permits' : ''}: ${listed(words)}.`
}

const lostPart = ({ arm, metric }: Lost): string =>
  arm === null ? '' : metric === null ? name(arm) : `${name(arm)} ${name(metric)}`

const belowLimit = (diff: RunDiff): string => {
  const found = diff.scenarios.flatMap(({ arms }) =>
    arms.flatMap((arm) =>
      arm.metrics
        .filter(({ answer, acknowledged }) => answer === 'worse-below-limit' && acknowledged === null)
        .map(({ metric, ratio }) => `${name(arm.name)} ${name(metric)} ${percentChange(ratio)}`),
    ),
  )
  return found.length === 0 ? '' : `Worse beyond noise, below the ${limitWords(diff)} limit: ${listed(found)}.`
}

const limitWords = ({ limit }: RunDiff): string => `${Math.round((limit - 1) * 100)} %`

const armsWhere = ({ scenarios }: RunDiff, isIn: (arm: ArmDiff) => boolean): string => {
  const found = scenarios
    .map(({ slug, arms }) => [slug, arms.filter(isIn).map((arm) => name(arm.name))] as const)
    .filter(([, arms]) => arms.length > 0)
    .map(([slug, arms]) => `${name(slug)} (${listed(arms)})`)
  return listed(found)
}

const name = (text: string): string => cut(oneLine(text), 60)

const listed = (parts: readonly string[]): string =>
  [...parts.slice(0, named), ...(parts.length > named ? [`and ${parts.length - named} more`] : [])].join(', ')
