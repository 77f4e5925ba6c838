// Latency by percentile of all arms, drawn in three sizes; the page shows the one that fits.
import type { ArmKind } from '../../model/arm-kind.ts'
import type { ScenarioRun } from '../../model/run.ts'
import { lead } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { isEpisodic } from '../facts/episode.ts'
import { markup } from '../write/page/markup.ts'
import { quantity } from '../write/quantity.ts'
import { latencyCurve, mergedLatency } from './latency/facts.ts'
import { latencyChart } from './latency/panel.ts'
import type { ArmCurve, ChartSize } from './latency/panel.ts'

export const exhibit: Exhibit = {
  order: 40,
  title: 'Latency by percentile',
  isWide: true,
  elements: (scenario) => {
    const curves = isEpisodic(scenario) ? [] : curvesOf(scenario) // a few calls give no percentile
    if (curves.length === 0) return []
    const charts = () =>
      sizes.map(([name, size]) =>
        latencyChart(
          {
            id: `${scenario.slug}-latency-${name}`,
            className: `sized ${name}`,
            title: 'Latency by percentile, a line per arm',
            description: curves.map(inWords).join(' '),
          },
          curves,
          size,
        ),
      )
    return [
      lead(
        'Latency within which each share of replies arrived (log scale), from the intended send time. All valid trials of an arm together, without failed requests. Each further nine has equal width.',
      ),
      {
        element: 'drawing',
        draw: () => markup`<figure class="chart">${charts()}</figure>`,
        words: [{ element: 'list', items: curves.map(inWords) }],
      },
    ]
  },
}

const sizes: readonly (readonly [name: string, ChartSize])[] = [
  ['wide', { widthPx: 1040, heightPx: 440, roomy: true }],
  ['medium', { widthPx: 736, heightPx: 420, roomy: true }],
  ['narrow', { widthPx: 360, heightPx: 400, roomy: false }],
]

const curvesOf = (scenario: ScenarioRun): ArmCurve[] =>
  scenario.arms.flatMap((arm) => {
    if (arm.metrics['latency_p99'] === undefined) return [] // not measured, or not shown
    const latency = mergedLatency(scenario.trials, arm.name)
    return latency === null ? [] : [{ arm, dash: dashOf(scenario, arm.name, arm.kind), points: latencyCurve(latency) }]
  })

const solid: ReadonlySet<ArmKind> = new Set(['control', 'incident'])
const dashes = ['none', '7,3', '2,3', '10,3,2,3']

/** Arms of one kind share a colour and differ by dash; remedies never look like the incident. */
const dashOf = (scenario: ScenarioRun, name: string, kind: ArmKind): string => {
  const place = scenario.arms.filter((arm) => arm.kind === kind).findIndex((arm) => arm.name === name)
  return dashes[(place + (solid.has(kind) || kind === 'fix' ? 0 : 1)) % dashes.length] ?? 'none'
}

const inWords = ({ arm, points }: ArmCurve): string => {
  const end = points.at(-1)
  return end === undefined ? '' : `${arm.name}: up to ${quantity(end.latencyMs, 'ms')} at ${(end.quantile * 100).toFixed(1)} %.`
}
