// The order of steady trials: block after block; within a block, disturbed trials are repeated. Trials of one block
// are close in time, so that arms are compared in pairs that a slow drift of the machine affects alike.
import type { Slot } from './trial.ts'

export type PlannedTrial = Slot & { readonly block: number }

/** Consecutive rounds without a valid trial: the disturbance lasts, and the lab stops waiting for its end. */
const maxFailedRetries = 3

/** `isMeasured`: whether it has a valid trial by now. */
export const measureInBlocks = async (
  plan: readonly PlannedTrial[],
  measure: (trial: PlannedTrial) => Promise<void>,
  isMeasured: (trial: PlannedTrial) => boolean,
): Promise<void> => {
  let failedRetries = 0
  for (const block of new Set(plan.map((each) => each.block))) {
    const ofBlock = plan.filter((each) => each.block === block)
    for (const each of ofBlock) if (!isMeasured(each)) await measure(each) // possibly before an interruption
    for (let lacking = ofBlock.filter((each) => !isMeasured(each)); lacking.length > 0 && failedRetries < maxFailedRetries;) {
      for (const each of lacking) await measure(each)
      const still = lacking.filter((each) => !isMeasured(each))
      failedRetries = still.length < lacking.length ? 0 : failedRetries + 1
      lacking = still
    }
  }
}
