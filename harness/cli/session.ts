// What every command is given: progress, and a signal that Ctrl-C fires.
import { provider } from '../cluster/index.ts'
import type { Work } from '../model/work.ts'
import { startClock } from './clock.ts'
import type { ExpectedWhole } from './clock.ts'
import { makeStep } from './progress.ts'
import { interrupted } from './signals.ts'

/** `expected`: of all the work, where that is known; each step says how far it is then. */
export const work = (expected?: ExpectedWhole): Work => {
  const clock = expected && startClock(expected)
  return { step: makeStep(clock), beside: makeStep(clock, 'plain'), signal: interrupted }
}

export { provider }
