// What each remedy costs.
import type { Exhibit } from '../../exhibits.ts'
import { costs } from './page.ts'
import { costsSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 80,
  page: (scenario) => costs(scenario),
  text: (scenario) => section('What each remedy costs', costsSection(scenario)),
}
