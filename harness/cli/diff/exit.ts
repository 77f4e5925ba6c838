// How a comparison of runs exits.
import type { RunDiff } from '../../diff/run-diff.ts'
import { exitCodes } from '../../model/lab-error.ts'

const codes: Record<RunDiff['answer'], number> = {
  nothing: exitCodes.asExpected.code,
  regressed: exitCodes.unexpected.code,
  unclear: exitCodes.inconclusive.code,
}

export const diffExit = ({ answer }: RunDiff): number => codes[answer]

/** Lines of --help of `lab compare`. */
export const diffExits = `
Exit codes here:
  0    nothing got worse beyond chance by the limit of --threshold
  1    something did: an arm that was as expected no longer is, a metric got worse, or the cluster of the change did not come up
  3    the comparison could not be made, such as when the cluster of the base did not come up
  4    inconclusive: a verdict is, the change lacks a scenario, an arm or a metric, or there were too few blocks`
