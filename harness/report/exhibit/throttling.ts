// When the CFS quota stopped a container, and the effect on its requests: a trial for each arm, on one time axis.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armHeading, lead } from '../document/elements.ts'
import type { Group } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { markup } from '../write/page/markup.ts'
import type { Markup } from '../write/page/markup.ts'
import { figure, quantity } from '../write/quantity.ts'
import { throttlingOf } from './throttling/facts.ts'
import type { Throttling } from './throttling/facts.ts'
import { throttlingPanel } from './throttling/panel.ts'
import type { ThrottlingScale } from './throttling/panel.ts'

export const exhibit: Exhibit = {
  order: 30,
  title: 'Throttling and latency, on one time axis',
  isWide: true,
  elements: (scenario) => {
    const shown = scenario.arms.flatMap((arm) => {
      const of = throttlingOf(scenario, arm.name)
      return of === null ? [] : [{ arm, of }]
    })
    if (shown.length === 0) return []
    const scale = scaleOf(shown)
    return [
      lead(leadWords),
      { element: 'drawing', draw: () => key(scale) },
      { element: 'groups', look: 'rows', groups: shown.map((each) => row(scenario, each, scale)) },
    ]
  },
}

const leadWords =
  'The first valid trial of each arm, all on the same scales. Upwards, the latency of each request at the time it was due. Downwards, how long the quota of the container and, paler, of the pod stopped it in each 100 ms; both can do so at the same time, and the kernel counts a stop when it ends. r is Pearson’s correlation between a request’s latency and the longer of the two meanwhile.'

type Shown = { readonly arm: ArmRun; readonly of: Throttling }

const sizes = [
  { name: 'wide', widthPx: 1040, roomy: true },
  { name: 'medium', widthPx: 736, roomy: false },
  { name: 'narrow', widthPx: 360, roomy: false },
] as const

const scaleOf = (shown: readonly Shown[]): ThrottlingScale => {
  const stops = shown.flatMap(({ of }) => [...of.stops, ...of.podStops].filter((stop) => stop.msPer100 > 0))
  return {
    latencyMs: roundedUp(Math.max(1, ...shown.flatMap(({ of }) => of.requests.map(([, latencyMs]) => latencyMs)))),
    stoppedMs: roundedUp(Math.max(100, ...stops.map((stop) => stop.msPer100))),
    endMs: Math.max(...shown.map(({ of }) => of.windowMs), ...stops.map((stop) => stop.toMs)),
  }
}

/** Rounded up to two digits. */
const roundedUp = (value: number): number => {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / unit) * unit
}

const key = (scale: ThrottlingScale): Markup => markup`<ul class="key">
<li><span class="swatch request"></span>a request; up to ${quantity(scale.latencyMs, 'ms')}</li>
<li><span class="swatch hot"></span>stopped by the quota of the container, paler by that of its pod; up to ${quantity(scale.stoppedMs, 'ms')} in 100 ms</li>
</ul>`

const row = (scenario: ScenarioRun, { arm, of }: Shown, scale: ThrottlingScale): Group => {
  const slowest = Math.max(0, ...of.requests.map(([, latencyMs]) => latencyMs))
  const draw = () =>
    sizes.map(({ name, ...size }) =>
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
    )
  return { heading: armHeading(arm), about: throttlingWords(of), elements: [{ element: 'drawing', draw }] }
}

/** `never stopped`, or how long, and the correlation with latency. */
const throttlingWords = ({ stoppedMs, podStoppedMs, r, requests, windowMs }: Throttling): string => {
  if (stoppedMs === 0 && podStoppedMs === 0) return 'never stopped'
  const times = `${quantity(stoppedMs / 1000, 's')} by the container’s quota, ${quantity(podStoppedMs / 1000, 's')} by its pod’s`
  const stopped = `stopped for ${times}, in a window of ${quantity(windowMs / 1000, 's', 0)}`
  return r === null ? stopped : `r = ${figure(r, 'r')} (n = ${figure(requests.length, 'requests')}); ${stopped}`
}
