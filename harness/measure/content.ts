// The current content of a scenario, as a run would record it, to check whether a run matches it.
import type { MeasuredScenario, Run } from '../model/run.ts'
import { readScenarioFiles } from '../scenario/arm-manifests.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { describeScenario } from './describe.ts'
import { episodeMethod } from './episode/episode-method.ts'

/** For these arms in this mode; without what only a run knows, such as nodes and trials. */
export const contentOf = async (
  { scenario, folder }: LoadedScenario,
  arms: readonly string[],
  mode: Run['mode'],
): Promise<MeasuredScenario> => {
  const { trial } = scenario
  const isEpisode = trial.kind === 'episode'
  const files = await readScenarioFiles(folder, scenario, isEpisode ? trial[mode].difference : undefined)
  const episode = isEpisode ? episodeMethod(scenario, trial, files, []) : null
  const unknown = { rateRps: 0, capacityRps: null, probes: [], trials: [], complete: false }
  return describeScenario({ ...unknown, scenario, folder, files, arms, pace: trial[mode], episode })
}
