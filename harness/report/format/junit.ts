// The verdicts as JUnit XML, which CI systems show: a suite for each scenario, a case for each arm.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import type { Format } from '../formats.ts'
import { cutOffWords } from '../frame/cut-off.ts'
import { reproduceCommand, reproduceTerms } from '../frame/reproduce.ts'
import { surpriseWords } from '../frame/surprise-words.ts'
import { oneLine } from '../write/one-line.ts'
import { noiseSentence } from '../write/uncertainty-words.ts'
import { Markup, markup } from '../write/page/markup.ts'
import { withoutForbidden } from '../write/xml-characters.ts'

interface Case {
  readonly classname: string
  readonly name: string
  readonly ms: number
  /** Undefined: passed. */
  readonly found: null | {
    readonly as: 'failure' | 'error' | 'skipped'
    /** Skipped cases have no text: the schemas do not allow it. */
    readonly type: string | null
    readonly message: string
    readonly lines: readonly string[]
  }
}

interface Suite {
  readonly name: string
  readonly startedAt: string
  readonly cases: readonly Case[]
}

/** An inconclusive arm is an error, and only an unexpected verdict is a failure. */
const foundOf = (arm: ArmRun, noise: string): Case['found'] =>
  arm.asExpected
    ? null
    : {
        as: arm.verdict === 'inconclusive' ? 'error' : 'failure',
        type: arm.verdict,
        message: surpriseWords(arm),
        lines: [arm.reason, ...(noise === '' ? [] : [noise]), ...arm.proof],
      }

const suiteOf = (scenario: ScenarioRun, run: Run): Suite => {
  const starts = scenario.trials.map((trial) => trial.startedAt).toSorted()
  return {
    name: scenario.slug,
    startedAt: starts[0] ?? run.startedAt,
    cases: scenario.arms.map((arm) => ({
      classname: scenario.slug,
      name: arm.name,
      ms: scenario.trials.filter((trial) => trial.arm === arm.name).reduce((sum, { load }) => sum + load.windowMs, 0),
      found: foundOf(arm, noiseSentence(scenario)),
    })),
  }
}

const skippedSuite = ({ slug, title, reason }: Run['skipped'][number], run: Run): Suite => ({
  name: slug,
  startedAt: run.startedAt,
  cases: [{ classname: slug, name: title, ms: 0, found: { as: 'skipped', type: null, message: oneLine(reason), lines: [] } }],
})

/** A case for an interrupted run, which lacks scenarios: otherwise the rest could be all green. */
const cutOffSuites = (run: Run): Suite[] => {
  const words = cutOffWords(run)
  if (words === null) return []
  const found = { as: 'error', type: 'cut-off', message: words, lines: [words] } as const
  return [{ name: 'run', startedAt: run.startedAt, cases: [{ classname: 'run', name: 'is complete', ms: 0, found }] }]
}

/** In whole milliseconds, so that the printed times add up to the printed sum. */
const seconds = (cases: readonly Case[]): string => (cases.reduce((sum, { ms }) => sum + Math.round(ms), 0) / 1000).toFixed(3)

/** The schemas allow only these attributes on the root. */
const counts = (cases: readonly Case[]): Markup => {
  const count = (as: NonNullable<Case['found']>['as']): number => cases.filter(({ found }) => found?.as === as).length
  return markup`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" time="${seconds(cases)}"`
}

const foundElement = (found: Case['found']): Markup => {
  if (found === null) return markup`/>`
  const name = new Markup(found.as)
  const type = found.type === null ? null : markup` type="${found.type}"`
  const rest = found.lines.length === 0 ? markup`/>` : markup`>${found.lines.join('\n')}</${name}>`
  return markup`>
      <${name}${type} message="${found.message}"${rest}
    </testcase>`
}

const caseElement = (one: Case): Markup => markup`
    <testcase classname="${one.classname}" name="${one.name}" time="${seconds([one])}"${foundElement(one.found)}`

/** How to repeat the run; CI systems show these names. */
const propertiesOf = (run: Run): readonly (readonly [name: string, value: string])[] => {
  const command = reproduceCommand(run)
  return [
    ...(command === null ? [] : [['command', command] as const]),
    ['mode', run.mode],
    ...reproduceTerms(run).map(([term, words]) => [term.toLowerCase(), words] as const),
  ]
}

const properties = (run: Run): Markup => markup`
    <properties>${propertiesOf(run).map(
      ([name, value]) => markup`
      <property name="${name}" value="${value}"/>`,
    )}
    </properties>`

const suiteElement = ({ name, startedAt, cases }: Suite, run: Run): Markup => markup`
  <testsuite name="${name}" ${counts(cases)} skipped="${cases.filter(({ found }) => found?.as === 'skipped').length}" timestamp="${startedAt}">${properties(run)}${cases.map(caseElement)}
  </testsuite>`

/** The whole document. */
export const junit = (run: Run): string => {
  const suites = [
    ...run.scenarios.map((scenario) => suiteOf(scenario, run)),
    ...run.skipped.map((each) => skippedSuite(each, run)),
    ...cutOffSuites(run),
  ]
  const cases = suites.flatMap((suite) => suite.cases)
  return withoutForbidden(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Kubernetes incident lab" ${counts(cases)}>${suites.map((suite) => suiteElement(suite, run))}
</testsuites>
`.text,
  )
}

const file = 'junit.xml'

export const format: Format = { files: () => [file], write: (run) => [{ file, text: junit(run) }] }
