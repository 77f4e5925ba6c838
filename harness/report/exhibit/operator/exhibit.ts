// What a dashboard shows of it.
import type { Exhibit } from '../../exhibits.ts'
import { operator } from './page.ts'
import { operatorSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 70,
  page: (scenario) => operator(scenario),
  text: (scenario) => section('What an operator sees', ...operatorSection(scenario)),
}
