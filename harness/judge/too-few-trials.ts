// An arm with too few valid trials has no verdict: what made the others invalid, once for each kind of fault.
import { isValid } from '../model/trial.ts'
import type { Trial } from '../model/trial.ts'
import type { ArmRun } from '../model/run.ts'
import { busyHost, wasSpoiled } from './busy-host.ts'
import type { HostLimits } from './busy-host.ts'
import { mergedFaults } from './merged-faults.ts'

type NoVerdict = Pick<ArmRun, 'verdict' | 'reason' | 'because' | 'decisions' | 'outcome'>

/** Undefined: there are enough. The host is the reason if the trials that it spoiled would have been enough. */
export const tooFewTrials = (own: readonly Trial[], fewest: number, limits: HostLimits): NoVerdict | undefined => {
  const valid = own.filter(isValid).length
  if (valid >= fewest) return undefined
  const spoiled = own.filter((trial) => wasSpoiled(trial, limits)).length
  const faults = mergedFaults(own.flatMap(({ invalid }) => invalid))
  const because = faults.length > 0 ? `: ${faults.join('; ')}` : ''
  return {
    verdict: 'inconclusive',
    reason: `${countWords(own)}, ${fewest} ${fewest === 1 ? 'is' : 'are'} needed${because}`,
    ...(valid + spoiled >= fewest && busyHost),
    decisions: [],
    outcome: null,
  }
}

/** The reason, for an arm that has no verdict because another one has none: that one says what made its trials invalid. */
export const briefly = (
  { because, reason, decisions }: Pick<ArmRun, 'because' | 'reason' | 'decisions'>,
  own: readonly Trial[],
): string => (because === 'busy-host' && decisions.length === 0 ? `${countWords(own)}, since the machine was busy` : reason)

const countWords = (own: readonly Trial[]): string => `${own.filter(isValid).length} of ${own.length} trials are valid`
