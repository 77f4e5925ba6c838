// A scenario in Markdown, below its verdicts: why each was given, then the exhibits.
import type { ScenarioRun } from '../../model/run.ts'
import { exhibits } from '../exhibits.ts'
import { bullets, plain, section } from '../write/markdown-text.ts'

/** Everything below the verdict table of a scenario. */
export const scenarioSection = (scenario: ScenarioRun, seed: number): string =>
  [
    ...section('Why', bullets(scenario.arms.map((arm) => `**${plain(arm.name)}**: ${plain(arm.reason)}`))),
    ...exhibits.flatMap(({ text }) => text(scenario, seed)),
  ].join('\n\n')
