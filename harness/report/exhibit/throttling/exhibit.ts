// When the CFS quota stopped a container, and what that did to its requests.
import type { Exhibit } from '../../exhibits.ts'
import { throttling } from './page.ts'
import { throttlingSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 30,
  page: (scenario) => throttling(scenario),
  text: (scenario) => section('Throttling and latency', ...throttlingSection(scenario)),
}
