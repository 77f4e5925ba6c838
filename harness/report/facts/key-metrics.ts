// The key metrics next to a verdict: those its rules judge, in the order of the rules.
import type { ScenarioRun } from '../../model/run.ts'
import { isEpisodic } from './episode.ts'

export const failedRequests = 'failed_requests'
const fillers = ['latency_p50', 'latency_p99']

/** Judged in place of p99, which a reader knows and which stays beside it. */
const tails = ['latency_p95', 'latency_p90']

const measuredIn =
  (scenario: ScenarioRun) =>
  (name: string): boolean =>
    scenario.arms.some((arm) => arm.metrics[name] !== undefined)

/** At most four names of metrics that some arm of the scenario has, five with p99 beside a judged tail; failures have a figure of their own. */
export const keyMetrics = (scenario: ScenarioRun): string[] => {
  const { reproduced, fixed, mitigated, worse, healthy, harmed = [] } = scenario.method.expect
  const judged = [reproduced, fixed, mitigated, worse, healthy, harmed].flat().map((rule) => rule.metric)
  const withP99 = judged.flatMap((name) => (tails.includes(name) ? [name, 'latency_p99'] : [name]))
  const names = [...new Set([...withP99, ...(isEpisodic(scenario) ? [] : fillers)])].filter((name) => name !== failedRequests)
  return names.filter(measuredIn(scenario)).slice(0, withP99.length > judged.length ? 5 : 4)
}

/** Every metric of any arm, the key ones first. */
export const allMetrics = (scenario: ScenarioRun): string[] => [
  ...new Set([...keyMetrics(scenario), ...scenario.arms.flatMap((arm) => Object.keys(arm.metrics))]),
]

/** The unit of a metric; empty for an unknown one. */
export const unitOf = (scenario: ScenarioRun, name: string): string => scenario.metrics[name]?.unit ?? ''
