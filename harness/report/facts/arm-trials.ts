// Which trials an arm's figures and pictures rest on: its own, in block order, without control's second ones.
import { isValid } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'

/** All trials of an arm but the second ones of control: those only show the A/A spread. */
export const trialsOf = (trials: readonly Trial[], arm: string): Trial[] =>
  trials.filter((trial) => trial.arm === arm && !trial.again).toSorted((a, b) => a.block - b.block)

/** Those of them that count. */
export const validTrialsOf = (trials: readonly Trial[], arm: string): Trial[] => trialsOf(trials, arm).filter(isValid)
