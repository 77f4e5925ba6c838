// Each arm compared with control and with the incident.
import type { Exhibit } from '../../exhibits.ts'
import { compared } from './page.ts'
import { comparedSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 50,
  page: (scenario) => compared(scenario),
  text: (scenario) => section('Compared', ...comparedSection(scenario)),
}
