// Whether an arm behaves as intended: then nothing is drawn as harmed, not even pods that were evicted or stopped on purpose.
import type { Verdict } from '../../../model/verdict.ts'
import type { Episode } from '../../facts/episode.ts'

const well: ReadonlySet<Verdict> = new Set(['healthy', 'fixed', 'unharmed', 'not-reproduced'])

/** By the arm's verdict. */
export const isWell = ({ arm }: Pick<Episode, 'arm'>): boolean => well.has(arm.verdict)
