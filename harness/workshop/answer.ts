// What a check answers: the verdict of the learner's arm, and why.
import type { ArmRun, Run } from '../model/run.ts'
import { learnerArm } from './staged.ts'

/** On a busy machine the reason is what took its CPU time. */
export const answerOf = ({ scenarios, busy }: Run): Pick<ArmRun, 'verdict' | 'reason'> => {
  const arm = scenarios[0]?.arms.find(({ name }) => name === learnerArm)
  const { verdict = 'inconclusive', reason = '', because } = arm ?? {}
  return { verdict, reason: because === 'busy-host' && busy ? busy.sentence : reason }
}
