// The cluster that scenarios need: the running one if it fits, else a new one; and its clean-up.
import type { Cluster, Provider } from '../cluster/provider.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import type { TimePhase } from '../model/phase.ts'
import type { Work } from '../model/work.ts'
import { usefulWorkers } from '../design/workers.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { imagesNeeded } from './add-ons.ts'
import { uninterrupted } from './cleanup.ts'
import type { Cleanup } from './cleanup.ts'

export interface ClusterWanted extends Work {
  readonly provider: Provider
  /** Its name, or the path of its file; undefined: that of the running cluster, else the default. */
  readonly platform: string | undefined
  /** A minor version, such as v1.36; undefined: that of the running cluster, else the default. */
  readonly kubernetes: string | undefined
  /** Exact number of workers; undefined: as many as the scenarios can use and the machine can hold. */
  readonly workers: number | undefined
  readonly offline: boolean
  /** Whether a running cluster that does not fit is replaced. */
  readonly replace: boolean
  /** Keep the cluster and its deployed objects. */
  readonly keep: boolean
}

/** `removeOnExit`: the run created the cluster, without `--keep`. */
export const clusterFor = async (
  options: ClusterWanted,
  scenarios: readonly ChosenScenario[],
  cleanup: Cleanup,
  timePhase: TimePhase,
): Promise<{ readonly cluster: Cluster; readonly removeOnExit: boolean }> => {
  const { provider, step, signal, platform, kubernetes, workers, offline, replace, keep } = options
  const shape = shapeOf(scenarios)
  const images = await imagesNeeded(scenarios)
  const { cluster, removeOnExit } = await provider.up({
    step,
    signal,
    shape,
    platform,
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
    cleanup.add('resume the paused nodes', () => cluster.nodes.resume(uninterrupted))
    cleanup.add('remove deployed objects', () =>
      step('remove deployed objects', () => removeNamespaces(cluster.kube, uninterrupted)),
    )
  }
  return { cluster, removeOnExit }
}

/** All scenarios of a run share one cluster. */
const shapeOf = (scenarios: readonly ChosenScenario[]): string => {
  const shapes = [...new Set(scenarios.map(({ loaded }) => loaded.scenario.shape))]
  if (shapes.length > 1)
    throw new LabError('These scenarios need clusters of different shapes', {
      evidence: scenarios.map(({ loaded: { scenario } }) => `${scenario.slug}: ${scenario.shape}`),
      next: 'run the scenarios of one shape at a time',
      exit: 'usage',
    })
  return shapes[0] ?? 'lab'
}
