// A comparison as JUnit XML: a suite for each scenario, a case for each arm. What got worse fails.
import type { RunDiff } from '../../diff/run-diff.ts'
import { junitDocument } from '../../report/write/junit.ts'
import type { Case } from '../../report/write/junit.ts'
import { rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { environmentOf, runsOf } from './words.ts'

/** The whole document. */
export const diffJunit = (diff: RunDiff): string => {
  const rows = rowsOf(diff)
  const suites = diff.scenarios.map(({ slug, arms }) => ({
    name: slug,
    startedAt: diff.newer.startedAt,
    cases: arms.map(({ name }) => ({
      classname: slug,
      name,
      ms: 0,
      found: foundOf(rows.filter(({ scenario, arm }) => scenario === slug && arm === name)),
    })),
  }))
  return junitDocument(suites, [...runsOf(diff), ...environmentOf(diff)])
}

/** A regression is a failure, a missing answer an error; what is acknowledged, below the limit or better passes. */
const foundOf = (rows: readonly Row[]): Case['found'] => {
  const worse = rows.filter(({ change }) => change === 'regressed')
  const unclear = rows.filter(({ change }) => change === 'unclear')
  const [first] = [...worse, ...unclear]
  if (!first) return null
  const words = ({ what, before, now, note }: Row): string => `${what}: ${before} → ${now}; ${note}`
  return {
    as: worse.length > 0 ? 'failure' : 'error',
    type: worse.length > 0 ? 'regressed' : 'unclear',
    message: words(first),
    lines: [...worse, ...unclear].map(words),
  }
}
