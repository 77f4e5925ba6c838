// Whether what an arm shows is how it should be: nothing of it is drawn as hurt then, not even what was evicted or stopped on purpose.
import type { Verdict } from '../../../model/verdict.ts'
import type { Episode } from '../../facts/episode.ts'

const well: ReadonlySet<Verdict> = new Set(['healthy', 'fixed', 'unharmed', 'not-reproduced'])

/** By the arm's verdict. */
export const isWell = ({ arm }: Pick<Episode, 'arm'>): boolean => well.has(arm.verdict)
