// The scenarios and their arms, as lines for a terminal.
import { inColumnsWithin } from '../report/write/columns.ts'
import { lineWidth, wrapped } from '../report/write/wrapped.ts'

/** The listed facts of a scenario. */
export interface Listed {
  readonly slug: string
  readonly title: string
  readonly suite: string | null
  readonly arms: readonly {
    readonly name: string
    readonly kind: string
    readonly summary: string
    readonly fullOnly: boolean
    readonly needs: readonly string[]
  }[]
  readonly addOns: readonly { readonly name: string; readonly title: string; readonly preparation: string }[]
}

const armRow = ({ name, kind, summary, fullOnly, needs }: Listed['arms'][number]): string[] => {
  const remarks = [...(fullOnly ? ['not in --quick, unless named'] : []), ...needs.map((each) => `needs ${each}`)]
  return [`  ${name}`, kind, `${summary}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}`]
}

const addOnLine = ({ name, title, preparation }: Listed['addOns'][number]): string =>
  `  needs ${name}: ${title}, installed for the run; without an image registry the lab builds it first (${preparation})`

/** A wrapped line for each scenario, arm and add-on; none is longer than fits `columns`, see `lineWidth`. */
export const listLines = (scenarios: readonly Listed[], columns: number | undefined): string[] => {
  const width = lineWidth(columns)
  return scenarios.flatMap((scenario) => [
    ...wrapped(`${scenario.slug}  ${scenario.title}${scenario.suite === null ? '' : ` (suite ${scenario.suite})`}`, width),
    ...inColumnsWithin(scenario.arms.map(armRow), width),
    ...scenario.addOns.flatMap((each) => wrapped(addOnLine(each), width)),
  ])
}
