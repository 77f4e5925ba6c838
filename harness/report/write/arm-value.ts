// A metric of an arm in a table: as a lower bound if the end of episodes truncated it; failures with their share.
import type { ArmRun, Metric, ScenarioRun } from '../../model/run.ts'
import { isCutOff } from '../facts/cut-off.ts'
import { failuresOf } from '../facts/failures.ts'
import { failedRequests } from '../facts/key-metrics.ts'
import { around, metricFigure } from './metric-words.ts'
import { figure, quantity } from './quantity.ts'

/** `shown`, and `beside` it for example an interval; may be empty. */
export interface ArmValue {
  readonly shown: string
  readonly beside: readonly string[]
}

/** Null if it was not measured. */
export const armValue = (scenario: ScenarioRun, arm: ArmRun, name: string): ArmValue | null => {
  const metric = arm.metrics[name]
  if (metric === undefined) return null
  if (name === failedRequests) return failed(scenario, arm, metric)
  return {
    shown: `${lowerBound(scenario, arm, name)}${metricFigure(scenario, name, metric)}`,
    beside: [around(scenario, name, metric)].filter((text) => text !== ''),
  }
}

/** `≥ ` if the value is a lower bound. */
const lowerBound = (scenario: ScenarioRun, arm: ArmRun, name: string): string =>
  isCutOff(scenario, arm.name, name) ? '≥\u00a0' : ''

/** Episodes differ in length, so only the share of the requests can be compared. */
const failed = (scenario: ScenarioRun, arm: ArmRun, metric: Metric): ArmValue => {
  const counts = failuresOf(scenario, arm.name) ?? { failed: metric.value, sent: 0, early: 0 }
  const share = counts.failed > 0 && counts.sent > 0 ? [`=\u00a0${quantity(counts.failed / counts.sent, 'ratio')} of all`] : []
  const early = counts.early > 0 ? [`+\u00a0${figure(counts.early, 'requests')} before there was a pod to call`] : []
  return { shown: figure(counts.failed, 'requests'), beside: [...share, ...early] }
}
