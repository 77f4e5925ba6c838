// What the scenario rests on.
import type { ScenarioRun } from '../../../model/run.ts'
import type { Exhibit } from '../../exhibits.ts'
import { bullets, plain, section } from '../../write/markdown-text.ts'
import { sources } from './page.ts'

const links = (scenario: ScenarioRun): string =>
  bullets(scenario.sources.map((source) => (/^https?:\/\/[^\s<>]+$/.test(source) ? `<${source}>` : plain(source))))

export const exhibit: Exhibit = {
  order: 120,
  page: (scenario) => sources(scenario),
  text: (scenario) => section('Sources', links(scenario)),
}
