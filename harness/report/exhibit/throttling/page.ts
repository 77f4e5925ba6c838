// The picture of throttling: for each arm a trial with its requests and the stops of its containers on one time axis.
import { throttlingPanel } from './panel.ts'
import type { ThrottlingScale } from './panel.ts'
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import { quantity } from '../../write/quantity.ts'
import { throttlingOf } from './facts.ts'
import type { Throttling } from './facts.ts'
import { throttlingLead, throttlingWords } from './words.ts'
import { armName } from '../../write/page/arm-name.ts'
import { badge } from '../../write/page/badge.ts'
import { markup } from '../../write/page/markup.ts'
import type { Markup } from '../../write/page/markup.ts'

const sizes = [
  { name: 'wide', widthPx: 1040, roomy: true },
  { name: 'medium', widthPx: 736, roomy: false },
  { name: 'narrow', widthPx: 360, roomy: false },
] as const

type Shown = { readonly arm: ArmRun; readonly of: Throttling }

/** Up to the next number of two digits. */
const roundedUp = (value: number): number => {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / unit) * unit
}

const scaleOf = (shown: readonly Shown[]): ThrottlingScale => {
  const stops = shown.flatMap(({ of }) => [...of.stops, ...of.podStops].filter((stop) => stop.msPer100 > 0))
  return {
    latencyMs: roundedUp(Math.max(1, ...shown.flatMap(({ of }) => of.requests.map(([, latencyMs]) => latencyMs)))),
    stoppedMs: roundedUp(Math.max(100, ...stops.map((stop) => stop.msPer100))),
    endMs: Math.max(...shown.map(({ of }) => of.windowMs), ...stops.map((stop) => stop.toMs)),
  }
}

const row = (scenario: ScenarioRun, { arm, of }: Shown, scale: ThrottlingScale): Markup => {
  const slowest = Math.max(0, ...of.requests.map(([, latencyMs]) => latencyMs))
  return markup`
<figure class="row">
<figcaption><h3>${armName(arm)} ${badge(arm.verdict)}</h3><p>${throttlingWords(of)}</p></figcaption>
${sizes.map(({ name, ...size }) =>
  throttlingPanel(
    {
      id: `${scenario.slug}-throttling-${arm.name}-${name}`,
      className: `sized ${name}`,
      title: `Latency and throttling over time, ${arm.name}`,
      description: `${of.requests.length} requests, the slowest ${quantity(slowest, 'ms')}. The container: ${throttlingWords(of)}.`,
    },
    of,
    scale,
    size,
  ),
)}
</figure>`
}

/** The figure; null where no trial saw both. */
export const throttling = (scenario: ScenarioRun): Markup | null => {
  const shown = scenario.arms.flatMap((arm) => {
    const of = throttlingOf(scenario, arm.name)
    return of === null ? [] : [{ arm, of }]
  })
  if (shown.length === 0) return null
  const scale = scaleOf(shown)
  return markup`
<section class="wide" aria-labelledby="${scenario.slug}-throttling">
<h2 id="${scenario.slug}-throttling">Throttling and latency, on one time axis</h2>
<p class="lead">${throttlingLead}</p>
<ul class="key">
<li><span class="swatch request"></span>a request; up to ${quantity(scale.latencyMs, 'ms')}</li>
<li><span class="swatch hot"></span>stopped by the quota of the container, paler by that of its pod; up to ${quantity(scale.stoppedMs, 'ms')} in 100 ms</li>
</ul>
<div class="rows">${shown.map((each) => row(scenario, each, scale))}</div>
</section>`
}
