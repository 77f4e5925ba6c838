// The cluster that scenarios need: the one that is up where it fits, else a new one; and what happens to it at the end.
import type { Cluster, Provider } from '../cluster/provider.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import type { TimePhase } from '../model/phase.ts'
import type { Work } from '../model/work.ts'
import { usefulWorkers } from '../plan/workers.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { imagesNeeded } from './add-ons.ts'
import { uninterrupted } from './cleanup.ts'
import type { Cleanup } from './cleanup.ts'
import { resumeNodes } from './nodes.ts'

export interface ClusterWanted extends Work {
  readonly provider: Provider
  /** A minor version, such as v1.36; undefined: that of the cluster that is up, else the default. */
  readonly kubernetes: string | undefined
  /** Exactly so many workers; undefined: as many as the scenarios can use, and the machine can hold. */
  readonly workers: number | undefined
  readonly offline: boolean
  /** Whether a running cluster that does not fit is replaced. */
  readonly replace: boolean
  /** Leave the cluster, and what was deployed to it, as they are at the end. */
  readonly keep: boolean
}

/** `removeOnExit`: the run made the cluster, and `--keep` was not given. */
export const clusterFor = async (
  options: ClusterWanted,
  scenarios: readonly ChosenScenario[],
  cleanup: Cleanup,
  timePhase: TimePhase,
): Promise<{ readonly cluster: Cluster; readonly removeOnExit: boolean }> => {
  const { provider, step, signal, kubernetes, workers, offline, replace, keep } = options
  const shape = shapeOf(scenarios)
  const images = await imagesNeeded(scenarios)
  const { cluster, removeOnExit } = await provider.up({
    step,
    signal,
    shape,
    kubernetes,
    workers,
    usefulWorkers: usefulWorkers(scenarios),
    images,
    offline,
    replace,
    keep,
    kept: keep,
    readyWithinMs: 120_000,
    timePhase,
  })
  if (removeOnExit)
    cleanup.add('remove the cluster', async () => void (await provider.down({ step, signal: uninterrupted }, { force: false })))
  else {
    cleanup.add('wake the nodes that rest', () => resumeNodes(cluster, uninterrupted))
    cleanup.add('remove what was deployed', () =>
      step('remove what was deployed', () => removeNamespaces(cluster.kube, uninterrupted)),
    )
  }
  return { cluster, removeOnExit }
}

/** One cluster serves them all. */
const shapeOf = (scenarios: readonly ChosenScenario[]): string => {
  const shapes = [...new Set(scenarios.map(({ loaded }) => loaded.scenario.shape))]
  if (shapes.length > 1)
    throw new LabError('These scenarios want clusters of different shapes', {
      evidence: scenarios.map(({ loaded: { scenario } }) => `${scenario.slug}: ${scenario.shape}`),
      next: 'run those of one shape at a time',
      exit: 'usage',
    })
  return shapes[0] ?? 'lab'
}
