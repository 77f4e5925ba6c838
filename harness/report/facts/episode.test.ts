// Nothing is down before the story itself has deployed what the client calls; what an arm alone lacks is its fault.
import { expect, test } from 'vitest'
import { episodeRun } from '../../test/fixtures/report/episode-run.ts'
import type { ScenarioRun } from '../../model/run.ts'
import type { Timeline } from '../../model/timeline.ts'
import { episodeRows } from '../exhibit/episodes/picture/rows.ts'
import { episodeStory } from '../exhibit/episodes/story.ts'
import { episodesOf } from './episode.ts'
import { failuresOf } from './failures.ts'

const deployedMs = 20_000

/** The pods of the Service begin later, with an action of the lab before them. */
const later = (timeline: Timeline): Timeline => ({
  ...timeline,
  lanes: timeline.lanes.map((lane) =>
    lane.kind === 'pod' && lane.group === 'critical'
      ? { ...lane, states: [{ atMs: deployedMs + 500, state: 'ready', text: '' }] }
      : lane.kind === 'service'
        ? {
            ...lane,
            states: [
              { atMs: timeline.fromMs, state: 'unserved', text: '' },
              { atMs: deployedMs + 500, state: 'served', text: '' },
            ],
          }
        : lane,
  ),
  actions: [...timeline.actions, { atMs: deployedMs, what: 'the service is deployed' }],
  toMs: 60_000,
})

const withLate = (isLate: (arm: string) => boolean): ScenarioRun => {
  const scenario = episodeRun().scenarios.find(({ slug }) => slug === 'missing-priority-class')
  if (scenario === undefined) throw new Error('the example has this scenario')
  return {
    ...scenario,
    trials: scenario.trials.map((trial) => {
      if (trial.timeline === null || !isLate(trial.arm)) return trial
      const startMs = Date.parse(trial.load.startedAt) - Date.parse(trial.timeline.startedAt)
      return {
        ...trial,
        timeline: later(trial.timeline),
        load: {
          ...trial.load,
          failed: 200,
          sent: 400,
          perSecond: Array.from({ length: 80 }, (_, second) =>
            startMs + second * 1000 < deployedMs
              ? { second, pods: {}, failed: 5, notSent: 0, latencyUs: null }
              : { second, pods: { critical: 5 }, failed: 0, notSent: 0, latencyUs: null },
          ),
        },
      }
    }),
  }
}

const controlOf = (scenario: ScenarioRun) => {
  const control = episodesOf(scenario).find(({ arm }) => arm.kind === 'control')
  if (control === undefined) throw new Error('control has an episode')
  return control
}

test('a healthy control is not down, nor its Service unserved, before the client has anything to call', () => {
  const control = controlOf(withLate(() => true))
  const [client, service] = episodeRows(control)
  expect(client?.words).toEqual(['never down'])
  expect(service?.words.join()).toMatch(/^unserved 0\.5\s/)
  const told = episodeStory(control).map(({ what }) => what)
  expect(told).not.toContain('Client down: no call succeeds from here.')
  expect(told).toContain('Service critical: has a ready endpoint.')
})

test('requests that failed before are counted apart', () => {
  const scenario = withLate(() => true)
  const counts = failuresOf(scenario, 'control')
  expect(counts?.early).toBeGreaterThan(0)
  expect(counts?.failed).toBe(600 - (counts?.early ?? 0))
})

test('what only an arm lacks is that arm’s downtime: control decides', () => {
  const scenario = withLate((arm) => arm === 'incident')
  expect(failuresOf(scenario, 'incident')).toMatchObject({ failed: 600, early: 0 })
  const incident = episodesOf(scenario).find(({ arm }) => arm.kind === 'incident')
  expect(incident?.calledFromMs).toBe(-Infinity)
})
