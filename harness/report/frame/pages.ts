// Which files a report is spread over: a run of several scenarios has an index, and a page for each of them.
import type { Run, ScenarioRun } from '../../model/run.ts'

/** Names that the lab's other files have. */
const taken: ReadonlySet<string> = new Set(['report', 'summary'])

/** Longer names are refused by file systems. */
const longest = 100

/** The only scenario of a run, which its report is about as a whole; null: there are several, or none. */
export const onlyScenario = ({ scenarios }: Pick<Run, 'scenarios'>): ScenarioRun | null =>
  scenarios.length === 1 ? (scenarios[0] ?? null) : null

/** The name of a scenario's page without its ending; whatever the slug says, it is a name and no path. */
export const pageName = ({ slug }: Pick<ScenarioRun, 'slug'>): string => {
  const name = slug.replaceAll(/[^a-z0-9-]+/gi, '-').slice(0, longest)
  return taken.has(name.toLowerCase()) || name === '' ? `${name}-page` : name
}

/** Names of the pages that a report of these scenarios has beside its index; none where there is one scenario. */
export const pageFiles = (scenarios: readonly Pick<ScenarioRun, 'slug'>[], ending: 'html' | 'md'): string[] =>
  scenarios.length < 2 ? [] : scenarios.map((scenario) => `${pageName(scenario)}.${ending}`)
