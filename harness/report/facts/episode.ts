// The episode that represents an arm in picture and story: its first valid one, from when the client had a server.
import { armOfKind } from '../../model/arm-kind.ts'
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import type { Timeline } from '../../model/timeline.ts'
import { loadStartMs } from '../../timeline/client-calls.ts'
import { validTrialsOf } from './arm-trials.ts'

/**
 * One episode of an arm; all its times are ms from the trigger. `shownFromMs`: when the client began; before that is set-up.
 * `calledFromMs`: when the story deployed the client's server; before that nothing counts as down. -Infinity: it existed from the start.
 */
export type Episode = {
  readonly arm: ArmRun
  readonly trial: Trial
  readonly timeline: Timeline
  readonly shownFromMs: number
  readonly calledFromMs: number
}

/** Whether the scenario's trials are episodes rather than steady load. */
export const isEpisodic = (scenario: ScenarioRun): boolean => scenario.method.episode !== null

/** The first valid episode of each arm that has one, in the order of the arms. */
export const episodesOf = (scenario: ScenarioRun): Episode[] => {
  const deployed = deployedBy(scenario)
  return scenario.arms.flatMap((arm) => {
    const trial = validTrialsOf(scenario.trials, arm.name).find(({ timeline }) => timeline !== null)
    if (trial === undefined || trial.timeline === null) return []
    const { timeline } = trial
    const shownFromMs = Math.max(timeline.fromMs, Math.min(0, loadStartMs(timeline, trial.load)))
    return [{ arm, trial, timeline, shownFromMs, calledFromMs: calledFromMs(timeline, deployed) }]
  })
}

/**
 * The action by which the story itself deploys the client's server; null: it existed from the start. Control decides that: if control has no pod
 * of any Service before the action, a missing server is no fault of an arm.
 */
export const deployedBy = (scenario: ScenarioRun): string | null => {
  const control = armOfKind(scenario, 'control')
  const [timeline] = validTrialsOf(scenario.trials, control?.name ?? '').flatMap((trial) => trial.timeline ?? [])
  if (timeline === undefined) return null
  const services = new Set(timeline.lanes.flatMap(({ kind, name }) => (kind === 'service' ? [name] : [])))
  const pods = timeline.lanes.filter(({ kind, group }) => kind === 'pod' && services.has(group))
  const firstMs = Math.min(...pods.flatMap(({ states }) => states[0]?.atMs ?? []))
  if (pods.length === 0 || firstMs <= 0) return null
  return timeline.actions.findLast(({ atMs, what }) => atMs <= firstMs && what !== 'trigger')?.what ?? null
}

/** Time of that action in an episode, in ms from the trigger; -Infinity: none. */
export const calledFromMs = ({ actions }: Timeline, deployed: string | null): number =>
  actions.find(({ what }) => what === deployed)?.atMs ?? -Infinity
