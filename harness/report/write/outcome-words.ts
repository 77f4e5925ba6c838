// In how many episodes an arm had its verdict, and what that number of episodes can show.
import type { ArmRun, ScenarioRun } from '../../model/run.ts'

const points = (share: number): string => String(Math.round(share * 100))

const percent = (share: number): string => `${points(share)}\u00a0%`

/** `once`, or `3 of 3`; null under steady load. One of one would read like a rate. */
export const outcomeText = ({ outcome }: ArmRun): string | null => {
  if (outcome === null) return null
  return outcome.n === 1 ? 'once' : `${outcome.k} of ${outcome.n}`
}

/** `once`, or `3 of 3 episodes`; null under steady load. */
export const outcomeWithUnit = (arm: ArmRun): string | null => {
  const text = outcomeText(arm)
  return text === null || arm.outcome?.n === 1 ? text : `${text} episodes`
}

/** `[29–100 %]`, the interval of that share; empty under steady load, and for one episode, which shows no share. */
export const outcomeInterval = ({ outcome }: ArmRun): string =>
  outcome === null || outcome.n === 1 ? '' : `[${points(outcome.interval.low)}–${percent(outcome.interval.high)}]`

/** Whether any arm says in how many episodes it had its verdict. */
export const hasOutcomes = ({ arms }: ScenarioRun): boolean => arms.some(({ outcome }) => outcome !== null)

/** The lowest share that n episodes, all with the same verdict, leave possible: Clopper and Pearson, 95 %, two-sided. */
const lowestShare = (n: number): number => 0.025 ** (1 / n)

/** What one episode shows. */
export const oneEpisode = 'One episode shows that something can happen, not how often'

/** The claim that n episodes support. */
export const claimWords = (n: number): string =>
  [
    n === 1
      ? `${oneEpisode}.`
      : `If all ${n} valid episodes of an arm agree, the same happens in at least ${percent(lowestShare(n))} of such episodes, with 95 % confidence.`,
    'An arm has the common verdict of all its valid episodes; if they differ it is inconclusive.',
    ...(n === 1 ? [] : ['The table shows how many agree, and the exact interval of that share (Clopper–Pearson).']),
    'Times depend on this machine; which pods are harmed, and in which order, carries over to others.',
  ].join(' ')
