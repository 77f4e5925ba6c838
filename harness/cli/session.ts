// Progress and the signal of Ctrl-C, for every command.
import { provider } from '../cluster/index.ts'
import type { Work } from '../model/work.ts'
import { startClock } from './clock.ts'
import type { ExpectedWhole } from './clock.ts'
import { makeStep } from './progress.ts'
import { interrupted } from './signals.ts'

/** `expected`: duration of all work, if known; then each step shows overall progress. */
export const work = (expected?: ExpectedWhole): Work => {
  const clock = expected && startClock(expected)
  return { step: makeStep(clock), beside: makeStep(clock, 'plain'), signal: interrupted }
}

export { provider }
