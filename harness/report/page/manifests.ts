// The incident's manifests and the exact difference of each arm, folded away until asked for.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armName } from './arm-name.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { yamlBlock } from './yaml-lines.ts'

const applied = { deploy: 'part of the arm from the start', connected: 'applied once the load is connected' }

const differenceOf = (arm: ArmRun): Markup | null =>
  arm.difference === null
    ? null
    : markup`
<details><summary>${armName(arm)} <span class="file">${arm.difference.file}</span> <span class="when">${applied[arm.difference.appliedAt]}</span></summary>
${yamlBlock(arm.difference.yaml)}</details>`

/** Manifests first, then what each arm changes of them. */
export const manifests = (scenario: ScenarioRun): Markup => markup`
<section aria-labelledby="${scenario.slug}-manifests">
<h3 id="${scenario.slug}-manifests">Manifests and differences</h3>
<p class="lead">The incident arm is these manifests as they stand. Every other arm is the same manifests and one difference.</p>
${scenario.manifests.map(({ file, yaml }) => markup`<details><summary><span class="arm-name incident">incident</span> <span class="file">${file}</span></summary>${yamlBlock(yaml)}</details>`)}
${scenario.arms.map(differenceOf)}
</section>`
