// Whose turn it is. The two runs of a comparison share a machine: while one measures, the other one waits.

export interface Wanted {
  /** alone: while the other run waits; together: beside the other run. */
  readonly how: 'alone' | 'together'
  /** The runs wait for one another before each stage, such as a block of trials; null: as soon as it is free. The lower stage comes first. */
  readonly stage: number | null
}

/** Does the work when it is this run's turn. */
export type Turn = <T>(wanted: Wanted, work: () => Promise<T>) => Promise<T>

/** A run that has the machine to itself. */
export const noTurns: Turn = (_, work) => work()

/** Numbers the stages of a run: episodes first, then blocks in the order of the scenarios. `place`: of the scenario among those requested, from 0. */
export const stages = {
  episodes: 0,
  /** The arms of a block are deployed. */
  deploy: (place: number, block: number): number => (place + 1) * 1000 + 2 * block,
  /** Its trials begin. */
  measure: (place: number, block: number): number => stages.deploy(place, block) + 1,
} as const
