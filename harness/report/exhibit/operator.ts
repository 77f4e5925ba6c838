// Throttling as an operator sees it: figures of the kubelet's cAdvisor next to the counters of the cgroups, in the same trials.
import type { ScenarioRun } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import { armPiece, lead } from '../document/elements.ts'
import type { Row } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'
import { validTrialsOf } from '../facts/arm-trials.ts'
import { duration } from '../write/date.ts'
import { figure } from '../write/quantity.ts'

export const exhibit: Exhibit = {
  order: 70,
  title: 'What an operator sees',
  elements: (scenario) => {
    const rows = rowsOf(scenario)
    return rows.length === 0
      ? []
      : [
          lead(
            `Growth within the trials: counters of the containers’ cgroups, next to the kubelet’s cAdvisor endpoint before and after. The kubelet refreshes its figures every 10 to 15 s, so over a window of ${duration(scenario.method.window)} an operator sees little.`,
          ),
          {
            element: 'table',
            caption: 'Counters of the cgroups beside those of cAdvisor',
            look: 'cards',
            about: 'more operator',
            first: 'arm',
            columns: columns.map(({ label }) => ({ label, holds: 'numbers' })),
            rows,
          },
        ]
  },
}

const columns = [
  { label: 'throttled periods, counted', unit: 'periods' },
  { label: 'as cAdvisor shows them', unit: 'periods' },
  { label: 'throttled time counted, s', unit: 's' },
  { label: 'as cAdvisor shows it, s', unit: 's' },
  { label: 'age of cAdvisor’s figures, s', unit: 's' },
  { label: 'trials', unit: 'trials' },
] as const

const cadvisor = { periods: 'container_cpu_cfs_throttled_periods_total', seconds: 'container_cpu_cfs_throttled_seconds_total' }

/** A row for each arm that has both kinds of counters. */
const rowsOf = (scenario: ScenarioRun): Row[] =>
  scenario.arms.flatMap((arm) => {
    const trials = validTrialsOf(scenario.trials, arm.name).filter(
      ({ metrics }) => metrics[cadvisor.periods] !== undefined && metrics['throttled_periods'] !== undefined,
    )
    if (trials.length === 0) return []
    const sum = (of: (trial: Trial) => number | undefined): number => trials.reduce((total, trial) => total + (of(trial) ?? 0), 0)
    const values = [
      sum(({ metrics }) => metrics['throttled_periods']),
      sum(({ metrics }) => metrics[cadvisor.periods]),
      sum(({ metrics, load }) => (metrics['throttled_ms_per_request'] ?? 0) * load.completed) / 1000,
      sum(({ metrics }) => metrics[cadvisor.seconds]),
      arm.metrics['cadvisor_age']?.value ?? null,
      trials.length,
    ]
    const cells = columns.map(({ unit }, index) => {
      const value = values[index] ?? null
      return value === null ? null : ({ piece: 'value', value, text: figure(value, unit) } as const)
    })
    return [{ heading: armPiece(arm), cells }]
  })
