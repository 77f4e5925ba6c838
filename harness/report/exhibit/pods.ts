// Which pod answered, second by second: a panel for each arm, all on the same scales.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { isValid } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'
import { armHeading, lead, note } from '../document/elements.ts'
import type { Element, Group } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { validTrialsOf } from '../facts/arm-trials.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { figure } from '../write/quantity.ts'
import { verdictWords } from '../write/verdict-words.ts'
import { podsPanel } from './pods/panel.ts'
import type { PanelScale } from './pods/panel.ts'
import { distinguishesPods, podReplies } from './pods/replies.ts'
import type { PodReplies, RepliesRow } from './pods/replies.ts'

export const exhibit: Exhibit = {
  order: 20,
  title: 'Replies per pod, second by second',
  isWide: true,
  elements: (scenario) => {
    if (!distinguishesPods(scenario)) return []
    const gapSeconds = Math.max(0.5, 0.06 * scenario.method.blocks * longestSeconds(scenario))
    const panels = scenario.arms.map((arm) => ({ arm, of: podReplies(scenario, arm.name, gapSeconds) }))
    if (panels.every(({ of }) => of.rows.length === 0)) return []
    const scale = sharedScale(
      scenario,
      panels.map(({ of }) => of),
    )
    return [
      lead(
        'Rows rank the pods of each block, busiest first; the busiest pod can differ between blocks. The number is the pod’s share of the block’s replies, median over the blocks. Every panel is an arm under the same load. Blocks run left to right.',
      ),
      { element: 'drawing', draw: () => key(scale) },
      { element: 'groups', look: 'panels', groups: panels.map(({ arm, of }) => panel(scenario, arm, of, scale)) },
    ]
  },
}

const longestSeconds = (scenario: ScenarioRun): number =>
  Math.max(1, ...scenario.trials.map((trial) => trial.load.windowMs / 1000))

const sharedScale = (scenario: ScenarioRun, panels: readonly PodReplies[]): PanelScale => {
  const all = panels.flatMap(({ blocks }) => blocks.flatMap(({ seconds }) => seconds))
  return {
    rateRps: scenario.method.rateRps,
    ceilingRps: Math.max(scenario.method.rateRps, ...all.flatMap((second) => [...second.perRow, second.failed])),
    seconds: Math.max(1, ...panels.map((one) => one.blocks.at(-1)?.toSecond ?? 0)),
    showFailed: all.some((second) => second.failed > 0),
  }
}

const key = (scale: PanelScale): Markup => markup`<ul class="key">
<li><span class="swatch even"></span>replies of a pod, each second; a full row is ${figure(scale.ceilingRps, 'requests')}</li>
<li><span class="swatch hot"></span>a hot pod: closer to all replies than to an even share</li>
<li><span class="swatch share"></span>even share</li>
${scale.showFailed ? markup`<li><span class="swatch failed"></span>failed requests</li>` : null}
</ul>`

const panel = (scenario: ScenarioRun, arm: ArmRun, of: PodReplies, scale: PanelScale): Group => {
  const failures = failureWords(scenario, arm.name)
  const described = {
    id: `${scenario.slug}-pods-${arm.name}`,
    className: 'pods',
    title: `Replies per pod over time, ${arm.name}: ${verdictWords(arm.verdict).word}`,
    description: `${of.rows.length} pods, the busiest with ${figure(of.rows[0]?.share ?? 0, 'ratio')} of the replies, ${of.blocks.length} trials. ${failures}. ${arm.reason}`,
  }
  const bars: Element = { element: 'code', text: of.rows.map(bar).join('\n'), language: 'text' }
  return {
    heading: armHeading(arm),
    about: arm.summary,
    elements:
      of.rows.length === 0
        ? [{ element: 'paragraph', line: 'Not measured.' }]
        : [{ element: 'drawing', draw: () => podsPanel(described, of, scale), words: [bars] }, note(failures), ...notCounted(of)],
  }
}

const barLength = 40

const bar = ({ name, share }: RepliesRow): string =>
  `${name.padEnd('busiest'.length)}  ${'█'.repeat(Math.round(share * barLength)).padEnd(barLength)}  ${figure(share, 'ratio').replaceAll('\u00a0', ' ').padStart(6)}`

const notCounted = (of: PodReplies): Element[] =>
  of.blocks
    .filter((block) => !isValid(block))
    .map((block) => note(`✕ Block ${block.number} is invalid: ${block.invalid.join('; ')}`))

/** `516 of 2,880 requests failed: RESOURCE_EXHAUSTED`, over the valid trials of the arm. */
const failureWords = (scenario: ScenarioRun, arm: string): string => {
  const trials = validTrialsOf(scenario.trials, arm)
  const sum = (of: (trial: Trial) => number): number => trials.reduce((total, trial) => total + of(trial), 0)
  const failed = sum(({ load }) => load.failed)
  const sent = figure(
    sum(({ load }) => load.sent),
    'requests',
  )
  if (trials.length === 0) return 'No valid trial'
  if (failed === 0) return `None of ${sent} requests failed`
  const statuses = [...new Set(trials.flatMap(({ load }) => Object.keys(load.failures)))].toSorted().join(', ')
  return `${figure(failed, 'requests')} of ${sent} requests failed: ${statuses}`
}
