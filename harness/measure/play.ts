// Plays the stages of a design one after the other: prepares each, measures its trials, and repeats the disturbed ones before the next stage, so that
// the trials of a stage stay close in time.

/** Where trials are measured. */
export interface Bench<Trial> {
  /** Makes what these trials need, such as the deployments of a block. */
  readonly prepare?: (trials: readonly Trial[]) => Promise<void>
  /** Measures each of them once. */
  readonly measure: (trials: readonly Trial[]) => Promise<void>
  /** Whether it has a valid result by now. */
  readonly isMeasured: (trial: Trial) => boolean
}

/**
 * `stages`: each is taken when the one before is over. `patience`: after this many rounds of repeats without a single valid trial the disturbance lasts,
 * and nothing is repeated any more.
 */
export const play = async <Trial>(
  stages: Iterable<readonly Trial[]>,
  { prepare, measure, isMeasured }: Bench<Trial>,
  patience: number,
): Promise<void> => {
  const lackingOf = (trials: readonly Trial[]): readonly Trial[] => trials.filter((each) => !isMeasured(each))
  let failed = 0
  for (const stage of stages) {
    let lacking = lackingOf(stage) // without those measured before an interruption
    if (lacking.length === 0) continue
    await prepare?.(lacking)
    await measure(lacking)
    for (lacking = lackingOf(lacking); lacking.length > 0 && failed < patience;) {
      await measure(lacking)
      const still = lackingOf(lacking)
      failed = still.length < lacking.length ? 0 : failed + 1
      lacking = still
    }
  }
}
