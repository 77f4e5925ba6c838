// How many worker nodes a run can use.
import type { ChosenScenario } from '../model/scenario.ts'

/** Workers that arms under steady load are spread over. */
export const steadyWorkers = 3

/** An episode has its own node, and an arm's episodes follow one another: more nodes than arms would be idle. */
export const usefulWorkers = (scenarios: readonly ChosenScenario[]): number => {
  const episodic = scenarios.filter(({ loaded: { scenario } }) => scenario.trial.kind === 'episode')
  return Math.max(steadyWorkers, episodic.flatMap(({ arms }) => arms).length)
}
