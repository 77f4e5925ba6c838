// The figures beside a verdict: how long the client stayed down, what the rules judge, and how many requests failed a minute.
import { unitBeside } from '../../model/metric.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import { asides } from '../document/elements.ts'
import type { Cell, Column } from '../document/elements.ts'
import { isEpisodic } from '../facts/episode.ts'
import { failuresOf } from '../facts/failures.ts'
import { keyMetrics } from '../facts/key-metrics.ts'
import { recoveryOf } from '../facts/recovery.ts'
import { armValue } from './arm-value.ts'
import type { ArmValue } from './arm-value.ts'
import { briefLabel, columnLabel } from './metric-words.ts'
import { figure, quantity } from './quantity.ts'
import { spreadText } from './uncertainty-words.ts'

export interface KeyFigure {
  readonly label: string
  /** The label where room is scarce. */
  readonly brief: string
  /** Beside the label; empty where label or value say it. */
  readonly unit: string
  /** Null where the arm has none. */
  readonly of: (arm: ArmRun) => (ArmValue & { readonly value: number }) | null
  /** How far two trials of control are apart; empty where there were not two. */
  readonly spread: string
}

/** In the order of their columns. */
export const keyFigures = (scenario: ScenarioRun): KeyFigure[] => [
  ...(isEpisodic(scenario) ? [recoveryFigure(scenario)] : []),
  ...keyMetrics(scenario).map((name) => figureOfMetric(scenario, name)),
  failuresFigure(scenario),
]

export const figureOfMetric = (scenario: ScenarioRun, name: string): KeyFigure => ({
  label: columnLabel(scenario, name),
  brief: briefLabel(scenario, name),
  unit: unitBeside(scenario.metrics, name),
  of: (arm) => {
    const [metric, value] = [arm.metrics[name], armValue(scenario, arm, name)]
    if (!metric || !value) return null
    return { ...value, value: metric.value }
  },
  spread: spreadText(scenario, name),
})

export const recoveryFigure = (scenario: ScenarioRun): KeyFigure => ({
  label: 'recovery',
  brief: 'recovery',
  unit: 's',
  of: (arm) => {
    const found = recoveryOf(scenario, arm.name)
    if (found === null) return null
    const { value, least, most, isOpen } = found
    return {
      value,
      shown: `${isOpen ? '≥\u00a0' : ''}${seconds(value)}`,
      beside: seconds(least) === seconds(most) ? [] : [`(${seconds(least)}–${seconds(most)})`],
    }
  },
  spread: '',
})

/** The client is seen second by second. */
const seconds = (value: number): string => figure(value, 's', value === 0 ? 0 : 1)

/** Arms differ in how long they are watched, so a total cannot be compared. */
export const failuresFigure = (scenario: ScenarioRun): KeyFigure => ({
  label: 'failed requests a minute',
  brief: 'failed/min',
  unit: '',
  of: (arm) => {
    const counts = failuresOf(scenario, arm.name)
    if (counts === null || counts.minutes <= 0) return null
    const { failed, sent, early, minutes } = counts
    const share = failed > 0 && sent > 0 ? [`${quantity(failed / sent, 'ratio')} of all`] : []
    const before = early > 0 ? [`not counted: ${figure(early, 'requests')} before there was a pod to call`] : []
    return { value: failed / minutes, shown: figure(failed / minutes, ''), beside: [...share, ...before] }
  },
  spread: '',
})

export const figureColumn = ({ label, brief, unit }: KeyFigure): Column => ({
  label,
  brief,
  ...(unit === '' ? {} : { unit }),
  holds: 'numbers',
})

export const figureCell = (arm: ArmRun, { of }: KeyFigure): Cell => {
  const found = of(arm)
  return found && [{ piece: 'value', value: found.value, text: found.shown }, ...asides(...found.beside)]
}
