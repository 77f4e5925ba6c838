// The tables of incidents in README.md, from the folders of scenarios: title, fixes, and the run that is accepted as evidence of them.
import type { ScenarioRun } from '../harness/model/run.ts'
import type { LoadedScenario } from '../harness/model/scenario.ts'
import { code, plain, table } from '../harness/report/write/markdown-text.ts'
import { withMarked } from './marked.ts'

const marks = ['<!-- incidents: a test writes these tables from the folders under scenarios/ -->', '<!-- /incidents -->'] as const

/** Each scenario that has an accepted run, as it was measured there, by slug. */
type Accepted = ReadonlyMap<string, Pick<ScenarioRun, 'arms'>>

/** The page with the tables between its two comments, one for each suite. */
export const withIncidents = (page: string, scenarios: readonly LoadedScenario[], accepted: Accepted): string => {
  const suites = [...new Set(scenarios.map(({ scenario }) => scenario.suite))]
  const tables = suites.flatMap((suite) => [
    `**${suite}**: \`npx lab run --suite ${suite} --quick\``,
    table(
      columns,
      scenarios.filter(({ scenario }) => scenario.suite === suite).map((loaded) => row(loaded, accepted)),
      () => false,
    ),
  ])
  return withMarked(page, marks, tables.join('\n\n'))
}

const columns = ['scenario', 'what breaks', 'what repairs it', 'evidence']

const row = ({ scenario: { slug, title, arms } }: LoadedScenario, accepted: Accepted): string[] => {
  const run = accepted.get(slug)
  const missing = (name: string): string =>
    run === undefined || run.arms.some((arm) => arm.name === name) ? '' : ' (not accepted yet)'
  const fixes = Object.entries(arms).filter(([, { kind }]) => kind === 'fix')
  return [
    `[${slug}](scenarios/${slug}/README.md)`,
    plain(title),
    fixes.map(([name, { summary }]) => `${code(name)}${missing(name)}: ${plain(summary)}`).join('<br>'),
    run ? `[accepted run](reports/accepted/${slug}/report.md)` : 'no accepted run yet',
  ]
}
