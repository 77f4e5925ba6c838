// Which pod answered, second by second.
import type { Exhibit } from '../../exhibits.ts'
import { podsOverTime } from './page.ts'
import { podBars } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 20,
  page: (scenario) => podsOverTime(scenario),
  text: (scenario) => section('Replies per pod', ...podBars(scenario)),
}
