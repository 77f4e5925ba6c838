// The key metrics next to a verdict: those its rules judge, in the order of the rules.
import type { ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from './episode.ts'

export const failedRequests = 'failed_requests'
const fillers = ['latency_p50', 'latency_p99']

const measuredIn =
  (scenario: ScenarioRun) =>
  (name: string): boolean =>
    scenario.arms.some((arm) => arm.metrics[name] !== undefined)

/** At most four names of metrics that some arm of the scenario has; failures have a figure of their own. */
export const keyMetrics = (scenario: ScenarioRun): string[] => {
  const { reproduced, fixed, mitigated, worse, healthy, harmed = [] } = scenario.method.expect
  const judged = [reproduced, fixed, mitigated, worse, healthy, harmed].flat().map((rule) => rule.metric)
  const names = [...new Set([...judged, ...(isEpisodic(scenario) ? [] : fillers)])].filter((name) => name !== failedRequests)
  return names.filter(measuredIn(scenario)).slice(0, 4)
}

/** Every metric of any arm, the key ones first. */
export const allMetrics = (scenario: ScenarioRun): string[] => [
  ...new Set([...keyMetrics(scenario), ...scenario.arms.flatMap((arm) => Object.keys(arm.metrics))]),
]

/** The unit of a metric; empty for an unknown one. */
export const unitOf = (scenario: ScenarioRun, name: string): string => scenario.metrics[name]?.unit ?? ''
