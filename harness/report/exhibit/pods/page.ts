// The picture of a scenario: requests per pod over time, one panel per arm, all on the same scales.
import { isValid } from '../../../model/trial.ts'
import { podsPanel } from './panel.ts'
import type { PanelScale } from './panel.ts'
import { distinguishesPods, podReplies } from './replies.ts'
import type { PodReplies } from './replies.ts'
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { figure } from '../../write/quantity.ts'
import { failureWords, podsLead } from './words.ts'
import { verdictWords } from '../../write/verdict-words.ts'
import { armName } from '../../write/page/arm-name.ts'
import { badge } from '../../write/page/badge.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const seconds = (of: PodReplies) => of.blocks.flatMap((block) => block.seconds)

const sharedScale = (scenario: ScenarioRun, panels: readonly PodReplies[]): PanelScale => {
  const all = panels.flatMap(seconds)
  return {
    rateRps: scenario.method.rateRps,
    ceilingRps: Math.max(scenario.method.rateRps, ...all.flatMap((second) => [...second.perRow, second.failed])),
    seconds: Math.max(1, ...panels.map((one) => one.blocks.at(-1)?.toSecond ?? 0)),
    showFailed: all.some((second) => second.failed > 0),
  }
}

const described = (scenario: ScenarioRun, arm: ArmRun, of: PodReplies) => ({
  id: `${scenario.slug}-pods-${arm.name}`,
  className: 'pods',
  title: `Replies per pod over time, ${arm.name}: ${verdictWords(arm.verdict).word}`,
  description: `${of.rows.length} pods, the busiest with ${figure(of.rows[0]?.share ?? 0, 'ratio')} of the replies, ${of.blocks.length} trials. ${failureWords(scenario, arm.name)}. ${arm.reason}`,
})

const notCounted = (of: PodReplies): Markup[] =>
  of.blocks
    .filter((block) => !isValid(block))
    .map((block) => markup`<p class="note invalid">✕ Block ${block.number} does not count: ${block.invalid.join('; ')}</p>`)

const panel = (scenario: ScenarioRun, arm: ArmRun, of: PodReplies, scale: PanelScale): Markup => markup`
<figure class="panel">
<figcaption><h3>${armName(arm)} ${badge(arm.verdict)}</h3><p>${arm.summary}</p></figcaption>
${
  of.rows.length === 0
    ? markup`<p class="empty">Not measured.</p>`
    : markup`${podsPanel(described(scenario, arm, of), of, scale)}
<p class="note">${failureWords(scenario, arm.name)}</p>${notCounted(of)}`
}
</figure>`

const key = (scale: PanelScale): Markup => markup`
<ul class="key">
<li><span class="swatch even"></span>replies of a pod, each second; a full row is ${figure(scale.ceilingRps, 'requests')}</li>
<li><span class="swatch hot"></span>a hot pod: nearer to all replies than to its even share</li>
<li><span class="swatch share"></span>even share</li>
${scale.showFailed ? markup`<li><span class="swatch failed"></span>failed requests</li>` : null}
</ul>`

/** The figure; null where requests are not spread over pods, or no reply names one. */
export const podsOverTime = (scenario: ScenarioRun): Markup | null => {
  if (!distinguishesPods(scenario)) return null
  const gapSeconds = Math.max(0.5, 0.06 * scenario.method.blocks * longestSeconds(scenario))
  const panels = scenario.arms.map((arm) => ({ arm, of: podReplies(scenario, arm.name, gapSeconds) }))
  if (panels.every(({ of }) => of.rows.length === 0)) return null
  const scale = sharedScale(
    scenario,
    panels.map(({ of }) => of),
  )
  return markup`
<section class="wide" aria-labelledby="${scenario.slug}-pods">
<h2 id="${scenario.slug}-pods">Replies per pod, second by second</h2>
<p class="lead">${podsLead} Every panel is an arm under the same load. Trials stand side by side, in the order of their blocks.</p>
${key(scale)}
<div class="panels">${panels.map(({ arm, of }) => panel(scenario, arm, of, scale))}</div>
</section>`
}

const longestSeconds = (scenario: ScenarioRun): number =>
  Math.max(1, ...scenario.trials.map((trial) => trial.load.windowMs / 1000))
