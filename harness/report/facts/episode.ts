// Which episode stands for an arm in the picture and in the story: the first of the arm that counts.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'
import type { Trial } from '../../model/trial.ts'
import type { Timeline } from '../../model/timeline.ts'
import { validTrialsOf } from './arm-trials.ts'

/** One episode of an arm; all its times are ms from the trigger. */
export type Episode = { readonly arm: ArmRun; readonly trial: Trial; readonly timeline: Timeline }

/** Whether the scenario's trials are episodes rather than steady load. */
export const isEpisodic = (scenario: ScenarioRun): boolean => scenario.method.episode !== null

/** The first valid episode of each arm that has one, in the order of the arms. */
export const episodesOf = (scenario: ScenarioRun): Episode[] =>
  scenario.arms.flatMap((arm) => {
    const trial = validTrialsOf(scenario.trials, arm.name).find(({ timeline }) => timeline !== null)
    return trial === undefined || trial.timeline === null ? [] : [{ arm, trial, timeline: trial.timeline }]
  })
