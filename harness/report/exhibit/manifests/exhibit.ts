// The manifests of the incident, what each arm changes of them, and what is applied while an episode goes on.
import type { ScenarioRun } from '../../../model/run.ts'
import type { Exhibit } from '../../exhibits.ts'
import { episodeFiles } from '../../write/episode-method-words.ts'
import { code, fence, plain, section } from '../../write/markdown-text.ts'
import { manifests } from './page.ts'

const applied = { deploy: '', connected: ', applied once the load is connected', loaded: ', run while the load is on' }

const differences = (scenario: ScenarioRun): string[] =>
  scenario.arms.flatMap((arm) =>
    arm.differences.flatMap(({ file, appliedAt, text }) => {
      return [
        `**${plain(arm.name)}** (${arm.kind}): ${code(file)}${applied[appliedAt]}`,
        fence(text, appliedAt === 'loaded' ? 'bash' : 'yaml'),
      ]
    }),
  )

const steps = ({ method: { episode } }: ScenarioRun): string[] =>
  episode === null
    ? []
    : episodeFiles(episode).flatMap(({ name, uses, content, language }) => [
        `${code(name)}: ${plain(uses.join('; '))}`,
        fence(content, language),
      ])

export const exhibit: Exhibit = {
  order: 100,
  page: (scenario) => manifests(scenario),
  text: (scenario) => [
    ...section('Manifests of the incident', ...scenario.manifests.flatMap(({ file, text }) => [code(file), fence(text, 'yaml')])),
    ...section('Differences', ...differences(scenario)),
    ...section('Trigger and steps', ...steps(scenario)),
  ],
}
