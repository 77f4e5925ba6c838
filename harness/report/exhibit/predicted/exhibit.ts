// What a model said, beside what was measured.
import type { Exhibit } from '../../exhibits.ts'
import { predicted } from './page.ts'
import { predictedSection } from './text.ts'
import { section } from '../../write/markdown-text.ts'

export const exhibit: Exhibit = {
  order: 60,
  page: (scenario) => predicted(scenario),
  text: (scenario) => section('Predicted and measured', ...predictedSection(scenario)),
}
