// What every command is given: progress, and a signal that Ctrl-C fires.
import { provider } from '../cluster/index.ts'
import type { Work } from '../model/work.ts'
import { makeStep, startClock } from './progress.ts'
import { interrupted } from './signals.ts'

/** `expectedSeconds`: of all the work, where that is known; each step says how far it is then. */
export const work = (expectedSeconds?: number): Work => ({
  step: makeStep(expectedSeconds === undefined ? undefined : startClock(expectedSeconds)),
  signal: interrupted,
})

export { provider }
