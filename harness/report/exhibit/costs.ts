// What each remedy costs: latency added to control, resources it needs, and the rest in words.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { armPiece, asides, lead, note } from '../document/elements.ts'
import type { Cell, Column } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { added, addedRemarks, changes, latencyMetrics, resourceMetrics } from '../facts/costs.ts'
import { armValue } from '../write/arm-value.ts'
import { figureCell, figureColumn, figureOfMetric } from '../write/key-figures.ts'
import { measuredOn } from '../write/host-words.ts'
import { labelWithUnit, metricLabel, metricQuantity } from '../write/metric-words.ts'
import { difference } from '../write/quantity.ts'
import { spreadSentence } from '../write/uncertainty-words.ts'

export const exhibit: Exhibit = {
  order: 80,
  title: 'What each remedy costs',
  elements: (scenario, run) => {
    const [latencies, resources] = [latencyMetrics(scenario), resourceMetrics(scenario)]
    if (changes(scenario).length === 0) return []
    return [
      ...(latencies.length === 0
        ? []
        : [
            lead(
              `Added latency is the remedy’s value minus control’s, or that of the arm it is compared with. ${spreadSentence(scenario, latencies)}`,
            ),
          ]),
      ...(latencies.length + resources.length === 0 ? [] : [note(measuredOn(run))]),
      {
        element: 'table',
        caption: 'Costs of each remedy',
        look: 'cards',
        about: 'costs',
        first: 'remedy',
        columns: [
          ...latencies.map((name): Column => ({ label: `added ${metricLabel(scenario, name)}`, holds: 'numbers' })),
          ...resources.map((name) => figureColumn(figureOfMetric(scenario, name))),
          { label: 'in words', holds: 'words' },
        ],
        rows: changes(scenario).map((arm) => ({
          heading: armPiece(arm),
          cells: [
            ...latencies.map((name) => addedCell(scenario, arm, name)),
            ...resources.map((name) => figureCell(arm, figureOfMetric(scenario, name))),
            { list: arm.costs },
          ],
        })),
      },
    ]
  },
}

const addedCell = (scenario: ScenarioRun, arm: ArmRun, name: string): Cell => {
  const more = added(scenario, arm, name)
  return (
    more && [{ piece: 'value', value: more.value, text: difference(more.value, more.unit) }, ...asides(...addedRemarks(more))]
  )
}

/** Costs of one arm, a line each: added latency, and the resources that only it needs. */
export const costLines = (scenario: ScenarioRun, arm: ArmRun): string[] => [
  ...latencyMetrics(scenario).flatMap((name) => {
    const more = added(scenario, arm, name)
    if (more === null) return []
    const remarks = [...(more.against === null ? ['against control'] : []), ...addedRemarks(more)].join(', ')
    return [`${metricLabel(scenario, name)}: ${difference(more.value, more.unit)} (${remarks})`]
  }),
  ...resourceMetrics(scenario).flatMap((name) => {
    const value = armValue(scenario, arm, name)
    return value === null ? [] : [`${labelWithUnit(scenario, name)}: ${[value.shown, ...value.beside].join(' ')}`]
  }),
]

/** Costs of an arm beyond noise, in few words: `+1.15 ms latency p50 against client-side`, `89.3 millicores proxy CPU`. */
export const briefCosts = (scenario: ScenarioRun, arm: ArmRun): string[] => [
  ...latencyMetrics(scenario).flatMap((name) => {
    const more = added(scenario, arm, name)
    if (more === null || more.value <= (more.spread ?? Infinity)) return []
    return [
      `${difference(more.value, more.unit)} ${metricLabel(scenario, name)}${more.against === null ? '' : ` against ${more.against}`}`,
    ]
  }),
  ...resourceMetrics(scenario).flatMap((name) => {
    const metric = arm.metrics[name]
    return metric === undefined ? [] : [`${metricQuantity(scenario, name, metric)} ${metricLabel(scenario, name)}`]
  }),
]
