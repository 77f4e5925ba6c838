// How long an arm's client was down: the first question about a repair.
import { median } from 'simple-statistics'
import type { ScenarioRun } from '../../model/run.ts'
import type { Timeline } from '../../model/timeline.ts'
import type { LoadResult } from '../../model/trial.ts'
import { callSeconds, downAtEnd, downs } from '../../timeline/client-calls.ts'
import type { Stretch } from '../../timeline/lane-spans.ts'
import { validTrialsOf } from './arm-trials.ts'
import { calledFromMs, deployedBy } from './episode.ts'

/** Seconds: the median, the least and the most of the valid episodes. `isOpen`: in half of them or more the client was still down at the end. */
export interface Recovery {
  readonly value: number
  readonly least: number
  readonly most: number
  readonly isOpen: boolean
}

/** Null under steady load, and where no trial counts. */
export const recoveryOf = (scenario: ScenarioRun, arm: string): Recovery | null => {
  const deployed = deployedBy(scenario)
  const outages = validTrialsOf(scenario.trials, arm).flatMap(({ timeline, load }) =>
    timeline === null ? [] : [outageOf(timeline, load, calledFromMs(timeline, deployed))],
  )
  if (outages.length === 0) return null
  const seconds = outages.map((outage) => outage.seconds)
  return {
    value: median(seconds),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    isOpen: outages.filter(({ isOpen }) => isOpen).length * 2 >= outages.length,
  }
}

/** See `what` of a step. */
const repair = /^remedy: /

/** The outage that lasts until the end, else the longest one: from where it began, or from the first repair if that came later. */
export const outageOf = (timeline: Timeline, load: LoadResult, calledMs: number): { seconds: number; isOpen: boolean } => {
  const repairedMs = timeline.actions.find(({ what }) => repair.test(what))?.atMs ?? 0
  const since = Math.max(0, repairedMs, calledMs)
  const calls = callSeconds(timeline, load)
  const secondsOf = ({ fromMs, toMs }: Stretch): number => Math.max(0, toMs - Math.max(fromMs, since)) / 1000
  const open = downAtEnd(calls)
  if (open && secondsOf(open) > 0) return { seconds: secondsOf(open), isOpen: true }
  return { seconds: Math.max(0, ...downs(calls).map(secondsOf)), isOpen: false }
}
