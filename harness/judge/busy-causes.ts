// What other work took of the host's CPU time, summed up over the trials that it spoiled.
import type { BusyCause } from '../model/busy-host.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Program, Trial } from '../model/trial.ts'
import { wasSpoiled } from './busy-host.ts'

/** A trial that one cause spoiled, with the share that it took and might take. */
interface Spoiled {
  readonly trial: Pick<Trial, 'host' | 'startedAt'>
  readonly share: number
  readonly limit: number
}

/** The one that spoiled most trials first. */
export const causesOf = (scenarios: readonly Pick<ScenarioRun, 'trials' | 'method'>[]): BusyCause[] =>
  (['others', 'steal'] as const)
    .flatMap((cause) => {
      const spoiled = scenarios.flatMap((scenario) => spoiledBy(cause, scenario))
      return spoiled.length === 0 ? [] : [summedUp(cause, spoiled)]
    })
    .toSorted((a, b) => b.trials - a.trials)

const spoiledBy = (cause: BusyCause['cause'], { trials, method }: Pick<ScenarioRun, 'trials' | 'method'>): Spoiled[] => {
  const limit = cause === 'others' ? method.limits.hostOthers : method.limits.hostSteal
  const all = trials.filter((trial) => wasSpoiled(trial, method.limits))
  return all.map((trial) => ({ trial, share: trial.host[cause], limit })).filter(({ share }) => share > limit)
}

const summedUp = (cause: BusyCause['cause'], spoiled: readonly Spoiled[]): BusyCause => {
  const shares = spoiled.map(({ share }) => share)
  return {
    cause,
    trials: spoiled.length,
    from: Math.min(...shares),
    to: Math.max(...shares),
    limits: [...new Set(spoiled.map(({ limit }) => limit))].toSorted((a, b) => a - b),
    programs: cause === 'others' ? programsIn(spoiled.map(({ trial }) => trial)) : [],
  }
}

const most = 3

/** Their mean over the trials that recorded programs: one that a trial lacks used less than 1 % in it. */
const programsIn = (trials: readonly Spoiled['trial'][]): Program[] => {
  const recorded = trials
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    .flatMap(({ host }) => (host.programs ? [host.programs] : []))
  return [...Map.groupBy(recorded.flat(), ({ name }) => name).values()]
    .map((same) => meanOf(same, recorded.length))
    .filter(({ share }) => share >= 0.005)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, most)
}

/** The process is that of the last trial: it is the one that may still run. */
const meanOf = (same: readonly Program[], trials: number): Program => {
  const { name, pid, processes } = same.at(-1) ?? { name: '', pid: 0, processes: 1 }
  return { name, pid, processes, share: same.reduce((sum, { share }) => sum + share, 0) / trials }
}
