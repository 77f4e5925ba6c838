// In how many episodes an arm had its verdict, and what that number of episodes can show.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'

const points = (share: number): string => String(Math.round(share * 100))

const percent = (share: number): string => `${points(share)}\u00a0%`

/** `3 of 3`; null under steady load. */
export const outcomeText = ({ outcome }: ArmRun): string | null => (outcome === null ? null : `${outcome.k} of ${outcome.n}`)

/** `[29–100 %]`, the interval of that share; empty under steady load. */
export const outcomeInterval = ({ outcome }: ArmRun): string =>
  outcome === null ? '' : `[${points(outcome.interval.low)}–${percent(outcome.interval.high)}]`

/** Whether any arm says in how many episodes it had its verdict. */
export const hasOutcomes = ({ arms }: ScenarioRun): boolean => arms.some(({ outcome }) => outcome !== null)

/** The lowest share that n episodes, all with the same verdict, leave possible: Clopper and Pearson, 95 %, two-sided. */
const lowestShare = (n: number): number => 0.025 ** (1 / n)

/** The claim that n episodes support. */
export const claimWords = (n: number): string =>
  [
    n === 1
      ? 'One episode shows that something can happen, not how often.'
      : `If all ${n} valid episodes of an arm agree, the same happens in at least ${percent(lowestShare(n))} of such episodes, with 95 % confidence.`,
    'An arm has the common verdict of all its valid episodes; if they differ it is inconclusive. The table shows how many agree, and the exact interval of that share (Clopper–Pearson).',
    'Times depend on this machine; which pods are harmed, and in which order, carries over to others.',
  ].join(' ')
