// The tables of incidents in README.md, from the folders of scenarios: title, fixes, and whether a run is accepted as evidence.
import type { LoadedScenario } from '../harness/model/scenario.ts'
import { code, plain, table } from '../harness/report/write/markdown-text.ts'
import { withMarked } from './marked.ts'

const marks = ['<!-- incidents: a test writes these tables from the folders under scenarios/ -->', '<!-- /incidents -->'] as const

/** The page with the tables between its two comments, one for each suite; `accepted`: slugs with an accepted run. */
export const withIncidents = (page: string, scenarios: readonly LoadedScenario[], accepted: ReadonlySet<string>): string => {
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

const row = ({ scenario: { slug, title, arms } }: LoadedScenario, accepted: ReadonlySet<string>): string[] => {
  const fixes = Object.entries(arms).filter(([, { kind }]) => kind === 'fix')
  return [
    `[${slug}](scenarios/${slug}/README.md)`,
    plain(title),
    fixes.map(([name, { summary }]) => `${code(name)}: ${plain(summary)}`).join('<br>'),
    accepted.has(slug) ? `[accepted run](reports/accepted/${slug}/report.md)` : 'no accepted run yet',
  ]
}
