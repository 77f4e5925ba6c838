// The files of a report: a run of several scenarios has an index, and a page for each scenario.
import type { Run, ScenarioRun } from '../../model/run.ts'

/** Names of the lab's other files. */
const taken: ReadonlySet<string> = new Set(['report', 'summary'])

/** File systems refuse longer names. */
const longest = 100

/** The only scenario of a run; null: there are several, or none. */
export const onlyScenario = ({ scenarios }: Pick<Run, 'scenarios'>): ScenarioRun | null =>
  scenarios.length === 1 ? (scenarios[0] ?? null) : null

/** The name of a scenario's page without extension; never a path, whatever the slug. */
export const pageName = ({ slug }: Pick<ScenarioRun, 'slug'>): string => {
  const name = slug.replaceAll(/[^a-z0-9-]+/gi, '-').slice(0, longest)
  return taken.has(name.toLowerCase()) || name === '' ? `${name}-page` : name
}

/** Names of the pages besides the index; empty for a single scenario. */
export const pageFiles = (scenarios: readonly Pick<ScenarioRun, 'slug'>[], ending: 'html' | 'md'): string[] =>
  scenarios.length < 2 ? [] : scenarios.map((scenario) => `${pageName(scenario)}.${ending}`)
