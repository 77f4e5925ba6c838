// Whether the trials in a file are those of its design: a trial that the design does not know shows an edit, or a mixture of two runs.
import type { MeasuredScenario } from '../model/run.ts'
import { isTrialOf } from '../model/trial.ts'

/** The first trial that is in no place of the design, in words; null: there is none, or no design. */
export const designMismatch = ({ slug, design, trials }: Pick<MeasuredScenario, 'slug' | 'design' | 'trials'>): string | null => {
  if (!design) return null
  const stray = trials.find((trial) => !design.trials.some((planned) => isTrialOf(trial, planned)))
  if (!stray) return null
  const copy = stray.replica > 0 ? ', second deployment' : ''
  return `${slug}: trial ${stray.order + 1} (${stray.arm}${copy}, block ${stray.block + 1}) is not in its design`
}
