// Texts about an unexpected arm.
import type { ArmRun, Run } from '../../model/run.ts'
import { oneLine } from '../write/one-line.ts'
import { verdictWords } from '../write/verdict-words.ts'

/** `mitigated, not fixed: reason`, in one line. */
export const surpriseWords = ({ verdict, expected, reason }: Pick<ArmRun, 'verdict' | 'expected' | 'reason'>): string => {
  const [word, wanted] = [verdictWords(verdict).word, verdictWords(expected).word]
  const instead = /^not? /.test(wanted) ? `, expected ${wanted}` : `, not ${wanted}` // avoids "not no effect"
  return oneLine(`${word}${instead}: ${reason}`)
}

/** The same with scenario and arm, for a list. */
export const surpriseLine = ({ slug, arm }: Surprise): string => `${slug}, ${arm.name}: ${surpriseWords(arm)}`

interface Surprise {
  readonly slug: string
  readonly arm: ArmRun
}

/** Without the arms that have no verdict because the host was busy: one sentence explains them all. */
export const ownSurprisesOf = (run: Pick<Run, 'scenarios'>): Surprise[] =>
  surprisesOf(run).filter(({ arm }) => arm.because !== 'busy-host')

/** The unexpected arms, each with its scenario: contradicting ones before inconclusive ones. */
export const surprisesOf = ({ scenarios }: Pick<Run, 'scenarios'>): Surprise[] =>
  scenarios
    .flatMap(({ slug, arms }) => arms.filter((arm) => !arm.asExpected).map((arm) => ({ slug, arm })))
    .toSorted((a, b) => Number(a.arm.verdict === 'inconclusive') - Number(b.arm.verdict === 'inconclusive'))
