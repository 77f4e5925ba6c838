// What the kubelet's cAdvisor showed of throttling, beside what the cgroups themselves counted in the same trials.
import type { ArmRun, ScenarioRun } from '../../../model/run.ts'
import type { Trial } from '../../../model/trial.ts'
import { validTrialsOf } from '../../facts/arm-trials.ts'

const shown = {
  periods: 'container_cpu_cfs_throttled_periods_total',
  seconds: 'container_cpu_cfs_throttled_seconds_total',
} as const

type Counted = { readonly periods: number; readonly seconds: number }

/** Sums over `n` trials; `ageSeconds` is how old cAdvisor's figures were after the load. */
export type OperatorView = {
  readonly arm: ArmRun
  readonly direct: Counted
  readonly cadvisor: Counted
  readonly ageSeconds: number | null
  readonly n: number
}

const sum = (trials: readonly Trial[], of: (trial: Trial) => number): number =>
  trials.reduce((total, trial) => total + of(trial), 0)

const metricOf =
  (name: string) =>
  (trial: Trial): number =>
    trial.metrics[name] ?? 0

/** The columns of the table; the value of one is null where it is not known. */
export const operatorColumns: readonly {
  readonly label: string
  readonly unit: string
  readonly of: (view: OperatorView) => number | null
}[] = [
  { label: 'throttled periods, counted', unit: 'periods', of: ({ direct }) => direct.periods },
  { label: 'as cAdvisor shows them', unit: 'periods', of: ({ cadvisor }) => cadvisor.periods },
  { label: 'throttled time counted, s', unit: 's', of: ({ direct }) => direct.seconds },
  { label: 'as cAdvisor shows it, s', unit: 's', of: ({ cadvisor }) => cadvisor.seconds },
  { label: 'age of cAdvisor’s figures, s', unit: 's', of: ({ ageSeconds }) => ageSeconds },
  { label: 'trials', unit: 'trials', of: ({ n }) => n },
]

/** A row for each arm that has both kinds of counters. */
export const operatorViews = (scenario: ScenarioRun): OperatorView[] =>
  scenario.arms.flatMap((arm) => {
    const trials = validTrialsOf(scenario.trials, arm.name).filter(
      ({ metrics }) => metrics[shown.periods] !== undefined && metrics['throttled_periods'] !== undefined,
    )
    if (trials.length === 0) return []
    const stoppedMs = sum(trials, (trial) => metricOf('throttled_ms_per_request')(trial) * trial.load.completed)
    return [
      {
        arm,
        direct: { periods: sum(trials, metricOf('throttled_periods')), seconds: stoppedMs / 1000 },
        cadvisor: { periods: sum(trials, metricOf(shown.periods)), seconds: sum(trials, metricOf(shown.seconds)) },
        ageSeconds: arm.metrics['cadvisor_age']?.value ?? null,
        n: trials.length,
      },
    ]
  })
