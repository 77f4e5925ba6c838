// The order of steady trials: block after block, and within a block another trial in place of each that was disturbed. Trials of one block
// are close in time, so that arms are compared in pairs that a slow drift of the machine affects alike.
import type { Slot } from './trial.ts'

export type PlannedTrial = Slot & { readonly block: number }

/** Rounds in a row that brought nothing: the disturbance lasts, and waiting for its end would have none. */
const maxFailedRetries = 3

/** `isMeasured`: whether there is a valid trial of it by now. */
export const measureInBlocks = async (
  plan: readonly PlannedTrial[],
  measure: (trial: PlannedTrial) => Promise<void>,
  isMeasured: (trial: PlannedTrial) => boolean,
): Promise<void> => {
  let failedRetries = 0
  for (const block of new Set(plan.map((each) => each.block))) {
    const ofBlock = plan.filter((each) => each.block === block)
    for (const each of ofBlock) if (!isMeasured(each)) await measure(each) // before the run was cut off, perhaps
    for (let lacking = ofBlock.filter((each) => !isMeasured(each)); lacking.length > 0 && failedRetries < maxFailedRetries;) {
      for (const each of lacking) await measure(each)
      const still = lacking.filter((each) => !isMeasured(each))
      failedRetries = still.length < lacking.length ? 0 : failedRetries + 1
      lacking = still
    }
  }
}
