// The incident's manifests and the exact difference of each arm, folded away until asked for.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { episodeFiles } from '../../write/episode-method-words.ts'
import { armName } from '../../write/page/arm-name.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'
import { yamlBlock } from './yaml-lines.ts'

const applied = {
  deploy: 'part of the arm from the start',
  connected: 'applied once the load is connected',
  loaded: 'run while the load is on',
}

const differencesOf = (arm: ArmRun): Markup[] =>
  arm.differences.map(
    ({ file, appliedAt, text }) => markup`
<details><summary>${armName(arm)} <span class="file">${file}</span> <span class="when">${applied[appliedAt]}</span></summary>
${yamlBlock(text)}</details>`,
  )

const folded = (name: string, when: string, text: string): Markup =>
  markup`
<details><summary><span class="file">${name}</span> <span class="when">${when}</span></summary>
${yamlBlock(text)}</details>`

/** What is applied while an episode goes on. */
const stepsOf = ({ method: { episode } }: ScenarioRun): Markup[] =>
  episode === null ? [] : episodeFiles(episode).map(({ name, uses, content }) => folded(name, uses.join('; '), content))

/** Manifests first, then what each arm changes of them, then what is applied in an episode. */
export const manifests = (scenario: ScenarioRun): Markup => markup`
<section aria-labelledby="${scenario.slug}-manifests">
<h2 id="${scenario.slug}-manifests">Manifests and differences</h2>
<p class="lead">The incident arm is these manifests as they stand. Every other arm is the same manifests and what it changes of them.</p>
${scenario.manifests.map(({ file, text }) => markup`<details><summary><span class="arm-name incident">incident</span> <span class="file">${file}</span></summary>${yamlBlock(text)}</details>`)}
${scenario.arms.map(differencesOf)}
${stepsOf(scenario)}
</section>`
