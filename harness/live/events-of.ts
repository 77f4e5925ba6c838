// The events of a finished run, in order, with their times.
import type { ArmRun, Run, ScenarioRun } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { runVerdict } from '../report/frame/headline.ts'
import type { LiveEvent } from '../events/event.ts'
import { gaugesAt } from '../events/gauges.ts'
import { storyOf } from '../events/story.ts'

/** All events of the run; an event of a scenario or of a trial is never before the one that begins it. */
export const eventsOf = (run: Run): LiveEvent[] => {
  const zeroMs = Date.parse(run.startedAt)
  const trials = run.scenarios.map((scenario) => ({
    scenario,
    events: scenario.trials.flatMap((trial) => trialEvents(scenario, trial, zeroMs)),
  }))
  const measuredMs = endOf(trials.flatMap(({ events }) => events))
  const happened = trials.flatMap(({ scenario, events }) => [
    ...events,
    ...verdictsOf(scenario).map((fallen) => ({ ...fallen, atMs: events.length === 0 ? measuredMs : endOf(events) })),
  ])
  const endMs = Math.max(measuredMs, run.finishedAt === null ? 0 : Date.parse(run.finishedAt) - zeroMs)
  return [runBegins(run), ...happened.toSorted(inTime), { type: 'run-ends', atMs: endMs, verdict: runVerdict(run).join(' ') }]
}

const inTime = (a: LiveEvent, b: LiveEvent): number => a.atMs - b.atMs

const endOf = (events: readonly LiveEvent[]): number => events.reduce((latest, { atMs }) => Math.max(latest, atMs), 0)

const runBegins = ({ startedAt, mode, environment, scenarios }: Run): LiveEvent => ({
  type: 'run-begins',
  atMs: 0,
  startedAt,
  mode,
  kubernetes: environment.kubernetes,
  scenarios: scenarios.map(({ slug, title, arms }) => ({
    slug,
    title,
    arms: arms.map(({ name, kind, summary, expected }) => ({ name, kind, summary, expected })),
  })),
})

/** Verdicts follow the last trial of the scenario. */
export const verdictsOf = ({
  slug,
  arms,
}: {
  readonly slug: string
  readonly arms: readonly Pick<ArmRun, 'name' | 'verdict' | 'asExpected' | 'reason'>[]
}) =>
  arms.map(
    ({ name, verdict, asExpected, reason }) => ({ type: 'verdict', slug, arm: name, verdict, asExpected, reason }) as const,
  )

const trialEvents = ({ slug, method }: ScenarioRun, trial: Trial, zeroMs: number): LiveEvent[] => {
  const name = `${slug}/${trial.order}`
  const beganMs = Math.max(0, Date.parse(trial.startedAt) - zeroMs)
  const inside = [...seconds(name, trial, zeroMs), ...(trial.timeline ? storyOf(name, trial.timeline, zeroMs) : [])]
    .map((event) => ({ ...event, atMs: Math.max(beganMs, event.atMs) })) // an object may be older than the look at it
    .toSorted(inTime)
  const endedMs = Math.max(beganMs, endOf(inside))
  const { arm, block, replica, node, pods, invalid, timeline } = trial
  const kind = timeline ? 'episode' : 'steady'
  return [
    {
      type: 'trial-begins',
      atMs: beganMs,
      trial: name,
      slug,
      arm,
      block,
      replica,
      kind,
      node,
      pods,
      rateRps: method.rateRps,
      lastsMs: endedMs - beganMs,
    },
    ...inside,
    { type: 'trial-ends', atMs: endedMs, trial: name, invalid, ended: timeline?.ended ?? null },
  ]
}

/** A second is sent when it is over; the last one of an episode may be shorter. */
const seconds = (name: string, trial: Trial, zeroMs: number): LiveEvent[] => {
  const { perSecond, windowMs, startedAt } = trial.load
  return perSecond.map(({ second, pods, failed, notSent, latencyUs }) => {
    const toMs = Math.min((second + 1) * 1000, Math.max(windowMs, second * 1000))
    return {
      type: 'second',
      atMs: Date.parse(startedAt) - zeroMs + toMs,
      trial: name,
      pods,
      failed,
      notSent,
      latencyUs: latencyUs && { p50: latencyUs.p50, p99: latencyUs.p99 },
      gauges: gaugesAt(trial, second * 1000, toMs),
    }
  })
}
