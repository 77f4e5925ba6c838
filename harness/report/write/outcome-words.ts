// In how many of its episodes an arm had its verdict, and what so many episodes can say.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'

const points = (share: number): string => String(Math.round(share * 100))

const percent = (share: number): string => `${points(share)}\u00a0%`

/** `3 of 3`; null of steady load. */
export const outcomeText = ({ outcome }: ArmRun): string | null => (outcome === null ? null : `${outcome.k} of ${outcome.n}`)

/** `[29–100 %]`, the interval of that share; empty of steady load. */
export const outcomeInterval = ({ outcome }: ArmRun): string =>
  outcome === null ? '' : `[${points(outcome.interval.low)}–${percent(outcome.interval.high)}]`

/** Whether any arm says in how many episodes it had its verdict. */
export const hasOutcomes = ({ arms }: ScenarioRun): boolean => arms.some(({ outcome }) => outcome !== null)

/** The lowest share that n episodes, all with the same verdict, leave possible: Clopper and Pearson, 95 %, two-sided. */
const lowestShare = (n: number): number => 0.025 ** (1 / n)

/** What n episodes allow to claim. */
export const claimWords = (n: number): string =>
  [
    n === 1
      ? 'One episode shows that something can happen, not how often.'
      : `What all ${n} valid episodes of an arm agree on happens in at least ${percent(lowestShare(n))} of such episodes, with 95 % confidence.`,
    'An arm has the verdict that all of its valid episodes have, and where they differ it has none. Beside a verdict stands how many they were, and the exact interval of that share (Clopper–Pearson).',
    'Seconds are those of this machine; who is hurt, and in which order, is what carries over.',
  ].join(' ')
