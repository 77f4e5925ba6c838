// The order of a run: cluster, all episodes side by side, steady scenarios one by one, evidence on disk after every trial, clean-up.
import type { Provider } from '../cluster/provider.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import { runLane } from '../model/phase.ts'
import type { Run, ScenarioRun } from '../model/run.ts'
import type { Work } from '../model/step.ts'
import type { Planned } from '../plan/planned.ts'
import { steadyWorkers, workersOfUse } from '../plan/workers.ts'
import { addOnsOf, imagesOf, installAddOns } from './add-ons.ts'
import { Cleanup } from './cleanup.ts'
import { describeEnvironment } from './environment.ts'
import { runEpisodes } from './episodes.ts'
import { writeRun } from './journal.ts'
import type { LoadedScenario } from './load-scenarios.ts'
import { restOthers, restoreLeftOvers, wakeNodes } from './nodes.ts'
import { PhaseBook } from './phases.ts'
import type { EpisodeScenario, RunOrder, ScenarioOrder, SteadyScenario } from './scenario-order.ts'
import { runSteady } from './steady.ts'

export interface RunOptions extends Work {
  readonly provider: Provider
  readonly scenarios: readonly ChosenScenario[]
  readonly mode: 'quick' | 'full'
  /** A scenario that this cluster cannot show is skipped, with the reason, instead of an error. */
  readonly skipUnfit: boolean
  /** Blocks instead of the mode's own number. */
  readonly blocks: number | undefined
  /** Exactly so many workers; undefined: as many as are of use, and the machine has room for. */
  readonly workers: number | undefined
  readonly seed: number
  /** Folder run.json goes to. */
  readonly out: string
  /** Leave the cluster, and what was deployed to it, as they are at the end. */
  readonly keep: boolean
  readonly offline: boolean
}

export interface ChosenScenario {
  readonly loaded: LoadedScenario
  readonly arms: readonly string[]
}

const uninterrupted = new AbortController().signal // clean-up goes on after Ctrl-C

/** Runs scenarios. Whatever happens, what was created is removed, unless `keep`. */
export const run = async (options: RunOptions): Promise<Run> => {
  const cleanup = new Cleanup()
  const phases = new PhaseBook()
  let found: Run
  try {
    found = await measure(options, phases, cleanup)
  } finally {
    if (!options.keep) await phases.lane(runLane, null)('clean-up', () => cleanup.run())
  }
  const told = { ...found, phases: phases.phases() } // clean-up among them
  await writeRun(options.out, told)
  return told
}

const measure = async (options: RunOptions, phases: PhaseBook, cleanup: Cleanup): Promise<Run> => {
  const { step, signal, mode, blocks, seed, out, keep, scenarios } = options
  const during = phases.lane(runLane, null)
  const { shape = 'lab' } = scenarios[0]?.loaded.scenario ?? {}
  const needed = await Promise.all(scenarios.map(({ loaded, arms }) => addOnsOf(loaded.scenario, arms)))
  const images = [...new Set([...scenarios.flatMap(({ loaded }) => loaded.scenario.images), ...needed.flat().flatMap(imagesOf)])]
  const { cluster, created } = await options.provider.up({
    step,
    signal,
    shape,
    workers: options.workers,
    workersOfUse: workersOfUse(planned(scenarios)),
    images,
    offline: options.offline,
    keep,
    readyWithinMs: 120_000,
    during,
  })
  if (created) cleanup.add('remove the cluster', async () => void (await options.provider.down({ step, signal: uninterrupted })))
  else {
    cleanup.add('wake the nodes that rest', () => wakeNodes(cluster, uninterrupted))
    cleanup.add('remove what was deployed', () =>
      step('remove what was deployed', () => removeNamespaces(cluster.kube, uninterrupted)),
    )
  }
  const known = new Map<string, ScenarioRun>()
  const skipped: Run['skipped'] = []
  const begun = { seed, mode, startedAt: new Date().toISOString(), environment: await describeEnvironment(cluster) }
  const soFar = (finishedAt: string | null): Run => ({
    schemaVersion: 2,
    ...begun,
    finishedAt,
    scenarios: scenarios.flatMap(({ loaded }) => known.get(loaded.scenario.slug) ?? []),
    skipped,
    phases: phases.phases(),
  })
  const record = async (scenario: ScenarioRun): Promise<void> => {
    known.set(scenario.slug, scenario)
    await writeRun(out, soFar(null))
  }
  const skip = (slug: string, error: unknown): void => {
    if (!options.skipUnfit || !(error instanceof LabError) || error.exit !== 'cannotRun') throw error
    const { title = slug } = scenarios.find(({ loaded }) => loaded.scenario.slug === slug)?.loaded.scenario ?? {}
    known.delete(slug)
    skipped.push({ slug, title, reason: [error.message, error.details.why].filter(Boolean).join(': ') })
  }
  const order: RunOrder = { total: scenarios.length, step, signal, mode, blocks, seed, cluster, keep, phases }
  const { episodes, steady } = byKind(scenarios, record)
  const clear = (): Promise<void> => during('clean-up', () => removeNamespaces(cluster.kube, signal))
  const addOnsFor = (these: readonly ScenarioOrder[]): Promise<void> => {
    const meant = needed.filter((_, index) => these.some(({ loaded }) => loaded === scenarios[index]?.loaded))
    return during('add-ons', () => installAddOns(options, cluster, [...new Set(meant.flat())]))
  }

  await during('clean-up', () => restoreLeftOvers(cluster, signal)) // of a run that was killed before it could
  if (episodes.length > 0) {
    await clear()
    await addOnsFor(episodes)
    const nodesNeeded = created ? (steady.length > 0 ? steadyWorkers : 0) : Infinity
    const keepNodes = keep && steady.length === 0
    const played = await runEpisodes({
      ...order,
      keep: keepNodes,
      scenarios: episodes,
      skipUnfit: options.skipUnfit,
      nodesNeeded,
    })
    for (const each of played) {
      if ('run' in each) known.set(each.slug, each.run)
      else skip(each.slug, each.unfit)
    }
  }
  if (steady.length > 0) await restOthers(cluster, steadyWorkers)
  for (const [index, each] of steady.entries()) {
    await clear()
    await addOnsFor([each])
    try {
      known.set(each.loaded.scenario.slug, await runSteady({ ...order, ...each, place: episodes.length + index + 1 }))
    } catch (error) {
      skip(each.loaded.scenario.slug, error)
    }
  }
  const complete = soFar(new Date().toISOString())
  await writeRun(out, complete)
  return complete
}

/** As planning sees them. */
export const planned = (scenarios: readonly ChosenScenario[]): Planned[] =>
  scenarios.map(({ loaded: { scenario }, arms }) => ({ scenario, arms }))

/** Of each scenario what measuring it is told. */
const byKind = (
  scenarios: readonly ChosenScenario[],
  record: ScenarioOrder['record'],
): { episodes: EpisodeScenario[]; steady: SteadyScenario[] } => {
  const episodes: EpisodeScenario[] = []
  const steady: SteadyScenario[] = []
  for (const { loaded, arms } of scenarios) {
    const { trial } = loaded.scenario
    if (trial.kind === 'episode') episodes.push({ loaded, arms, record, trial })
    else steady.push({ loaded, arms, record, trial })
  }
  return { episodes, steady }
}
