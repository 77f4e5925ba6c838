// How many worker nodes a run has use for.
import { blocksOf } from './planned.ts'
import type { Extent, Planned } from './planned.ts'

/** Workers that arms under steady load are spread over. */
export const steadyWorkers = 3

/** An episode has a node for itself; more nodes than there are episodes would stand idle. */
export const workersOfUse = (planned: readonly Planned[], extent: Extent): number => {
  const episodes = planned
    .filter(({ scenario }) => scenario.trial.kind === 'episode')
    .map(({ scenario, arms }) => arms.length * blocksOf(scenario, extent))
  return Math.max(
    steadyWorkers,
    episodes.reduce((sum, count) => sum + count, 0),
  )
}
