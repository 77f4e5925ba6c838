// JUnit XML, as CI systems read it.
import { Markup, markup } from './page/markup.ts'
import { withoutForbidden } from './xml-characters.ts'

/** One test, such as an arm. */
export interface Case {
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

/** Tests that belong together, such as a scenario. */
export interface Suite {
  readonly name: string
  readonly startedAt: string
  readonly cases: readonly Case[]
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

type Properties = readonly (readonly [name: string, value: string])[]

const propertyList = (properties: Properties): Markup => markup`
    <properties>${properties.map(
      ([name, value]) => markup`
      <property name="${name}" value="${value}"/>`,
    )}
    </properties>`

const suiteElement = ({ name, startedAt, cases }: Suite, properties: Properties): Markup => markup`
  <testsuite name="${name}" ${counts(cases)} skipped="${cases.filter(({ found }) => found?.as === 'skipped').length}" timestamp="${startedAt}">${propertyList(properties)}${cases.map(caseElement)}
  </testsuite>`

/** The whole document. `properties`: of every suite. */
export const junitDocument = (suites: readonly Suite[], properties: Properties): string => {
  const cases = suites.flatMap((suite) => suite.cases)
  return withoutForbidden(
    markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Kubernetes incident lab" ${counts(cases)}>${suites.map((suite) => suiteElement(suite, properties))}
</testsuites>
`.text,
  )
}
