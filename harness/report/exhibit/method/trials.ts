// The trials in the order they ran, with the figures of the load and of the host, so that the self-check can be checked.
import { isValid } from '../../../model/trial.ts'
import type { ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { isEpisodic } from '../../facts/episode.ts'
import { figure, quantity } from '../../write/quantity.ts'
import { clock } from '../../write/date.ts'
import { atTime } from '../../write/time-words.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const sendLag = ({ load }: Trial): string => (load.sendLagUs === null ? '—' : quantity(load.sendLagUs.p99 / 1000, 'ms'))

/** The arm of a trial; control's second one of a block says so. */
const trialName = (trial: Trial): string => (trial.again ? `${trial.arm}, again` : trial.arm)

const share = (of: number): Markup => markup`<td class="number">${quantity(of, 'ratio')}</td>`

/** When an episode ended, and why; nothing of steady load. */
const ending = ({ timeline }: Trial): Markup | null =>
  timeline === null ? null : markup`<td>${atTime(timeline.toMs)}: ${timeline.ended}</td>`

const row = (trial: Trial): Markup => markup`
<tr><td class="number">${trial.order + 1}</td><td class="number">${trial.block + 1}</td><th scope="row">${trialName(trial)}</th><td>${clock(trial.startedAt)}</td>
<td class="number">${figure(trial.load.sent, 'requests')} of ${figure(trial.load.intended, 'requests')}</td>
<td class="number">${figure(trial.load.failed, 'requests')}</td>
<td class="number">${sendLag(trial)}</td>
${[trial.host.idle, trial.host.steal, trial.host.others].map(share)}
<td>${isValid(trial) ? 'counts' : `✕ ${trial.invalid.join('; ')}`}</td>${ending(trial)}</tr>`

/** The table of trials of a scenario. */
export const trials = (scenario: ScenarioRun): Markup => markup`
<details class="numbers"><summary>Trials <span class="when">${scenario.trials.length}, in the order they ran</span></summary>
<div class="scroll" role="region" aria-label="Trials" tabindex="0"><table class="grid">
<caption class="unseen">Trials in the order they ran</caption>
<thead><tr><th scope="col" class="number">#</th><th scope="col" class="number">${isEpisodic(scenario) ? 'episode' : 'block'}</th><th scope="col">arm</th><th scope="col">started, UTC</th><th scope="col" class="number">sent</th>
<th scope="col" class="number">failed</th><th scope="col" class="number">send lag p99</th>
<th scope="col" class="number">host idle</th><th scope="col" class="number">steal</th><th scope="col" class="number">others</th><th scope="col">self-check</th>${isEpisodic(scenario) ? markup`<th scope="col">ended</th>` : null}</tr></thead>
<tbody>${scenario.trials.toSorted((a, b) => a.order - b.order).map((trial) => row(trial))}</tbody>
</table></div></details>`
