// The trials behind an arm's figures and pictures: its own, in block order, without the second control trials.
import { isValid } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'

/** All trials of an arm except the second control trials, which only show the A/A spread. */
export const trialsOf = (trials: readonly Trial[], arm: string): Trial[] =>
  trials.filter((trial) => trial.arm === arm && trial.replica === 0).toSorted((a, b) => a.block - b.block)

/** The valid ones. */
export const validTrialsOf = (trials: readonly Trial[], arm: string): Trial[] => trialsOf(trials, arm).filter(isValid)
