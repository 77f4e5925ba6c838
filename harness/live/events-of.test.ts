// What a replay shows of the accepted runs is what they measured, when it happened.
import { expect, test } from 'vitest'
import type { Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { allAccepted } from '../test/fixtures/accepted-runs.ts'
import { LiveEvent } from '../events/event.ts'
import { eventsOf } from './events-of.ts'

type EventOf<Type extends LiveEvent['type']> = Extract<LiveEvent, { type: Type }>

const runs = (await allAccepted()).map((run) => ({ slug: run.scenarios[0]?.slug ?? '', run, events: eventsOf(run) }))

const ofType = <Type extends LiveEvent['type']>(events: readonly LiveEvent[], type: Type): EventOf<Type>[] =>
  events.filter((event): event is EventOf<Type> => event.type === type)

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** Each trial of the run with the events that name it. */
const trialsOf = (run: Run, events: readonly LiveEvent[]): { trial: Trial; emitToEnd: LiveEvent[] }[] => {
  const ofTrial = Map.groupBy(events, (event) => ('trial' in event ? event.trial : null))
  return run.scenarios.flatMap(({ slug, trials }) =>
    trials.map((trial) => ({ trial, emitToEnd: ofTrial.get(`${slug}/${trial.order}`) ?? [] })),
  )
}

test('there are accepted runs of steady load and of episodes', () => {
  const kinds = runs.flatMap(({ events }) => ofType(events, 'trial-begins').map(({ kind }) => kind))
  expect(new Set(kinds)).toEqual(new Set(['steady', 'episode']))
})

test.each(runs)(
  '$slug: times ascend from the begin of the run at 0 to its end, and every event is of the model',
  ({ events }) => {
    const times = events.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(events[0]).toMatchObject({ type: 'run-begins', atMs: 0 })
    expect(events.at(-1)?.type).toBe('run-ends')
    expect(events.filter(({ type }) => type === 'run-begins' || type === 'run-ends')).toHaveLength(2)
    expect(events.map((event) => LiveEvent.parse(event))).toEqual(events)
  },
)

test.each(runs)('$slug: every trial begins once, before all its events, and ends once, after all of them', ({ run, events }) => {
  for (const { trial, emitToEnd } of trialsOf(run, events)) {
    expect(emitToEnd[0]).toMatchObject({ type: 'trial-begins', arm: trial.arm, block: trial.block, pods: trial.pods })
    expect(emitToEnd[0]?.atMs).toBe(Date.parse(trial.startedAt) - Date.parse(run.startedAt))
    expect(emitToEnd.at(-1)).toMatchObject({ type: 'trial-ends', invalid: trial.invalid })
    expect(emitToEnd.filter(({ type }) => type === 'trial-begins' || type === 'trial-ends')).toHaveLength(2)
  }
  expect(ofType(events, 'trial-begins')).toHaveLength(sum(run.scenarios.map(({ trials }) => trials.length)))
})

test.each(runs)(
  '$slug: the seconds of a trial add up to the requests that were answered, failed and were not sent',
  ({ run, events }) => {
    for (const { trial, emitToEnd } of trialsOf(run, events)) {
      const seconds = ofType(emitToEnd, 'second')
      expect(seconds).toHaveLength(trial.load.perSecond.length)
      expect(sum(seconds.flatMap(({ pods }) => Object.values(pods)))).toBe(trial.load.completed)
      expect(sum(seconds.map(({ failed }) => failed))).toBe(trial.load.failed)
      expect(sum(seconds.map(({ notSent }) => notSent))).toBe(trial.load.notSent)
    }
  },
)

test.each(runs)('$slug: a second is sent when it is over, a second after the one before', ({ run, events }) => {
  for (const { trial, emitToEnd } of trialsOf(run, events)) {
    const times = ofType(emitToEnd, 'second').map(({ atMs }) => atMs)
    expect(times[0]).toBe(Date.parse(trial.load.startedAt) - Date.parse(run.startedAt) + 1000)
    for (const [index, ms] of times.slice(1, -1).entries()) expect(ms - (times[index] ?? 0)).toBe(1000)
  }
})

test.each(runs)(
  '$slug: of an episode every state of every lane, every event and every action is sent, from the trigger on',
  ({ run, events }) => {
    for (const { trial, emitToEnd } of trialsOf(run, events)) {
      const { lanes = [], events: said = [], actions = [] } = trial.timeline ?? {}
      expect(ofType(emitToEnd, 'lane')).toHaveLength(sum(lanes.map(({ states }) => states.length)))
      expect(ofType(emitToEnd, 'event')).toHaveLength(said.length)
      const isTriggered = actions.some(({ what }) => what === 'trigger')
      expect(ofType(emitToEnd, 'action')).toHaveLength(actions.length + (trial.timeline && !isTriggered ? 1 : 0))
      const zeros = ofType(emitToEnd, 'action').filter(({ zero }) => zero)
      expect(zeros).toHaveLength(trial.timeline ? 1 : 0)
      const zeroMs = Date.parse(trial.timeline?.startedAt ?? '') - Date.parse(run.startedAt) // the trigger may be a ms later
      const evicted = lanes.flatMap(({ states }) => states.filter(({ state, atMs }) => state === 'evicted' && atMs > 0))
      expect(
        ofType(emitToEnd, 'lane')
          .filter(({ state, atMs }) => state === 'evicted' && atMs > zeroMs)
          .map(({ atMs }) => atMs - zeroMs),
      ).toEqual(evicted.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
    }
  },
)

test.each(runs)(
  "$slug: every arm's verdict falls once, as it was judged, when the last trial of the scenario is over",
  ({ run, events }) => {
    for (const { slug, arms } of run.scenarios) {
      const fallen = ofType(events, 'verdict').filter((event) => event.slug === slug)
      expect(fallen.map(({ arm, verdict, asExpected }) => ({ arm, verdict, asExpected }))).toEqual(
        arms.map(({ name, verdict, asExpected }) => ({ arm: name, verdict, asExpected })),
      )
      const lastEnd = events.findLastIndex((event) => event.type === 'trial-ends' && event.trial.startsWith(`${slug}/`))
      expect(events.findIndex((event) => event.type === 'verdict' && event.slug === slug)).toBeGreaterThan(lastEnd)
    }
  },
)

test('the share of throttled time is sent where it was measured, and is that of the trial', () => {
  for (const { run, events } of runs)
    for (const { trial, emitToEnd } of trialsOf(run, events)) {
      const shares = ofType(emitToEnd, 'second').flatMap(({ gauges }) => gauges.filter(({ label }) => label === 'throttled'))
      const points = trial.series['throttled_ms']?.points
      expect(shares).toHaveLength(points ? trial.load.perSecond.length : 0)
      const stoppedMs = (points?.findLast(([ms]) => ms <= trial.load.windowMs)?.[1] ?? 0) - (points?.[0]?.[1] ?? 0)
      expect(sum(shares.map(({ value }) => value)) * 1000 * trial.pods.length).toBeGreaterThanOrEqual(stoppedMs - 150)
    }
})

test('what is older than a trial is sent when the trial begins', () => {
  const episodes = runs.find(({ events }) => ofType(events, 'lane').length > 0)?.run
  if (episodes === undefined) throw new Error('there is a run of episodes')
  const old = (trial: Trial): Trial => ({
    ...trial,
    timeline: trial.timeline && {
      ...trial.timeline,
      lanes: trial.timeline.lanes.map((lane) => ({
        ...lane,
        states: lane.states.map((each) => ({ ...each, atMs: -3_600_000 })),
      })),
    },
  })
  const run = { ...episodes, scenarios: episodes.scenarios.map((each) => ({ ...each, trials: each.trials.map(old) })) }
  for (const { emitToEnd } of trialsOf(run, eventsOf(run)))
    for (const { atMs } of ofType(emitToEnd, 'lane')) expect(atMs).toBe(ofType(emitToEnd, 'trial-begins')[0]?.atMs)
})

test('of a run that was cut off, a scenario without trials is judged when the others are over', () => {
  const [first] = runs
  if (first === undefined) throw new Error('there is a run')
  const missing = first.run.scenarios.map((scenario) => ({ ...scenario, slug: 'not-come-to', trials: [] }))
  const events = eventsOf({ ...first.run, finishedAt: null, scenarios: [...missing, ...first.run.scenarios] })
  const lastEnd = ofType(events, 'trial-ends').at(-1)
  for (const { slug, atMs } of ofType(events, 'verdict')) expect(atMs, slug).toBe(lastEnd?.atMs)
  expect(events.at(-1)).toMatchObject({ type: 'run-ends', atMs: lastEnd?.atMs })
})
