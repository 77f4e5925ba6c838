// The latency of all requests of each arm, as a distribution. A picture: in Markdown the numbers stand for it.
import type { Exhibit } from '../../exhibits.ts'
import { latency } from './page.ts'

export const exhibit: Exhibit = {
  order: 40,
  page: (scenario) => latency(scenario),
  text: () => [],
}
