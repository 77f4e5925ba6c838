// Which pod answered, second by second.
import type { ScenarioRun } from '../../../model/run.ts'
import type { Exhibit } from '../../exhibits.ts'
import { podsOverTime } from './page.ts'
import { podBars } from './text.ts'
import { fence, section } from '../../write/markdown-text.ts'

const barsOf = (scenario: ScenarioRun): string => {
  const bars = podBars(scenario)
  return bars === '' ? '' : fence(bars, 'text')
}

export const exhibit: Exhibit = {
  order: 20,
  page: (scenario) => podsOverTime(scenario),
  text: (scenario) => section('Requests per pod', barsOf(scenario)),
}
