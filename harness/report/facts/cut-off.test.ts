// A time that went on when the episode ended is at least so long: it is never shown as if it had ended.
import { expect, test } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import type { ScenarioRun } from '../../model/run.ts'
import type { Timeline } from '../../model/timeline.ts'
import { callSeconds, downs } from '../../timeline/client-calls.ts'
import { totalMs } from '../../timeline/lane-spans.ts'
import { armValue } from '../write/arm-value.ts'
import { isCutOff } from './cut-off.ts'

const critical = (): ScenarioRun => {
  const scenario = episodeRun().scenarios.find(({ slug }) => slug === 'missing-priority-class')
  if (scenario === undefined) throw new Error('the example has this scenario')
  for (const { arm, timeline, metrics, load } of scenario.trials)
    if (arm === 'incident' && timeline) {
      metrics['critical_pending_s'] = waitedMs(timeline) / 1000
      metrics['client_down_s'] = totalMs(downs(callSeconds(timeline, load))) / 1000
    }
  return scenario
}

/** As the probe reads it: from when the last pod of critical began to wait to the end. */
const waitedMs = ({ lanes, toMs }: Timeline): number =>
  toMs - (lanes.findLast(({ group }) => group === 'critical')?.states.findLast(({ state }) => state === 'pending')?.atMs ?? 0)

const shown = (scenario: ScenarioRun, name: string, metric: string): string | undefined => {
  const arm = scenario.arms.find((each) => each.name === name)
  return arm && armValue(scenario, arm, metric)?.shown.replaceAll('\u00a0', ' ')
}

test('a pod that waits to the end has waited at least so long, and so has a client that gets no answer', () => {
  const scenario = critical()
  expect(isCutOff(scenario, 'incident', 'critical_pending_s')).toBe(true)
  expect(shown(scenario, 'incident', 'critical_pending_s')).toMatch(/^≥ 6\d/)
  expect(shown(scenario, 'incident', 'client_down_s')).toMatch(/^≥ 6\d/)
})

test('what came to an end has its length', () => {
  const scenario = critical()
  expect(isCutOff(scenario, 'priority-class', 'client_down_s')).toBe(false)
  expect(shown(scenario, 'priority-class', 'client_down_s')).not.toMatch(/≥/)
})

test('neither a count nor the length of the episode is cut off', () => {
  const scenario = critical()
  for (const name of ['evictions', 'observed_s', 'failed_requests'])
    expect(isCutOff(scenario, 'incident', name), name).toBe(false)
})

test('episodes of different length are compared by the share of the requests that failed', () => {
  const scenario = critical()
  const incident = scenario.arms.find(({ name }) => name === 'incident')
  expect(incident && armValue(scenario, incident, 'failed_requests')?.beside.join()).toMatch(/^=\s\d\d\.\d\s% of all$/)
})
