// What happened in an episode of each arm, and when: the lanes of its timeline.
import type { Exhibit } from '../../exhibits.ts'
import { episodes } from './page.ts'
import { episodeSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 10,
  page: (scenario) => episodes(scenario),
  text: (scenario) => section('What happened, when', ...episodeSection(scenario)),
}
