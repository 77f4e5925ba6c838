// The order of a run: cluster, scenarios, evidence on disk after every trial, clean-up whatever happens.
import type { Provider } from '../cluster/provider.ts'
import { removeNamespaces } from '../kube/namespace.ts'
import { LabError } from '../model/lab-error.ts'
import type { Run, ScenarioRun } from '../model/run.ts'
import type { Work } from '../model/step.ts'
import { addOnsOf, imagesOf, installAddOns } from './add-ons.ts'
import { Cleanup } from './cleanup.ts'
import { describeEnvironment } from './environment.ts'
import { writeRun } from './journal.ts'
import type { LoadedScenario } from './load-scenarios.ts'
import { restoreLeftOvers } from './nodes.ts'
import { runEpisodes } from './episodes.ts'
import { runSteady } from './steady.ts'

export interface RunOptions extends Work {
  readonly provider: Provider
  readonly scenarios: readonly { readonly loaded: LoadedScenario; readonly arms: readonly string[] }[]
  readonly mode: 'quick' | 'full'
  /** A scenario that this cluster cannot show is skipped, with the reason, instead of an error. */
  readonly skipUnfit: boolean
  /** Blocks instead of the mode's own number. */
  readonly blocks: number | undefined
  readonly seed: number
  /** Folder run.json goes to. */
  readonly out: string
  /** Leave the cluster, and what was deployed to it, as they are at the end. */
  readonly keep: boolean
  readonly offline: boolean
}

/** Runs scenarios one after the other. Whatever happens, what was created is removed, unless `keep`. */
export const run = async (options: RunOptions): Promise<Run> => {
  const cleanup = new Cleanup()
  try {
    return await measure(options, cleanup)
  } finally {
    if (!options.keep) await cleanup.run()
  }
}

const measure = async (options: RunOptions, cleanup: Cleanup): Promise<Run> => {
  const { step, signal, mode, blocks, seed, out, scenarios } = options
  const { shape = 'lab' } = scenarios[0]?.loaded.scenario ?? {}
  const needed = await Promise.all(scenarios.map(({ loaded, arms }) => addOnsOf(loaded.scenario, arms)))
  const images = [...new Set([...scenarios.flatMap(({ loaded }) => loaded.scenario.images), ...needed.flat().flatMap(imagesOf)])]
  const { cluster, created } = await options.provider.up({
    step,
    signal,
    shape,
    images,
    offline: options.offline,
    keep: options.keep,
    readyWithinMs: 120_000,
  })
  const uninterrupted = new AbortController().signal // clean-up goes on after Ctrl-C
  if (created) cleanup.add('remove the cluster', async () => void (await options.provider.down({ step, signal: uninterrupted })))
  else
    cleanup.add('remove what was deployed', () =>
      step('remove what was deployed', () => removeNamespaces(cluster.kube, uninterrupted)),
    )
  const finished: ScenarioRun[] = []
  const skipped: Run['skipped'] = []
  const result: Run = {
    schemaVersion: 2,
    seed,
    mode,
    startedAt: new Date().toISOString(),
    finishedAt: null,
    environment: await describeEnvironment(cluster),
    scenarios: finished,
    skipped,
  }
  for (const [index, { loaded, arms }] of scenarios.entries()) {
    await removeNamespaces(cluster.kube, signal) // of a run that was killed before it could
    await restoreLeftOvers(cluster, signal)
    await installAddOns(options, cluster, needed[index] ?? [])
    const record = async (scenario: ScenarioRun): Promise<void> => {
      await writeRun(out, { ...result, scenarios: [...finished, scenario] })
    }
    const { trial } = loaded.scenario
    const order = { step, signal, loaded, arms, mode, blocks, seed, cluster, keep: options.keep, record }
    try {
      finished.push(await (trial.kind === 'steady' ? runSteady({ ...order, trial }) : runEpisodes({ ...order, trial })))
    } catch (error) {
      if (!options.skipUnfit || !(error instanceof LabError) || error.exit !== 'cannotRun') throw error
      const { slug, title } = loaded.scenario
      skipped.push({ slug, title, reason: [error.message, error.details.why].filter(Boolean).join(': ') })
    }
  }
  const complete = { ...result, finishedAt: new Date().toISOString() }
  await writeRun(out, complete)
  return complete
}
