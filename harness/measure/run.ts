// The order of a run: cluster, all episodes concurrently, steady scenarios one by one, clean-up. Results go to the journal at once.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { removeNamespaces } from '../kube/namespace.ts'
import { isUnfit, LabError, reasonOf } from '../model/lab-error.ts'
import { runLane } from '../model/phase.ts'
import type { RunPlan } from '../model/journal-line.ts'
import type { Environment } from '../model/environment.ts'
import type { MeasuredRun } from '../model/run.ts'
import { steadyWorkers } from '../design/workers.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { addOnsOf, installAddOns } from './add-ons.ts'
import { Cleanup } from './cleanup.ts'
import { clusterFor } from './cluster-for.ts'
import type { ClusterWanted } from './cluster-for.ts'
import { announce } from './describe.ts'
import { describeEnvironment } from './environment.ts'
import { runEpisodes } from './episode/episodes.ts'
import { partitionByFit } from './fit.ts'
import { abortOnHostPressure } from './host-pressure.ts'
import { Journal } from './journal.ts'
import { restoreLeftOvers } from './left-behind.ts'
import { earlierOf } from './task.ts'
import type { EpisodeScenario, Observer, RunTask, SteadyScenario } from './task.ts'
import { PhaseBook } from './phases.ts'
import { runSteady } from './steady/steady.ts'
import { stages } from './turn.ts'
import type { Turn } from './turn.ts'

export interface RunOptions extends ClusterWanted {
  readonly scenarios: readonly ChosenScenario[]
  readonly mode: 'quick' | 'full'
  /** Skip a scenario that this cluster cannot run, with the reason, instead of failing. */
  readonly skipUnfit: boolean
  /** Blocks instead of the mode's own number. */
  readonly blocks: number | undefined
  /** Episodes of each arm instead of that number. */
  readonly episodes: number | undefined
  /** The comparison that this run is a side of; undefined: none. */
  readonly comparison: MeasuredRun['comparison']
  readonly turn: Turn
  /** Decide at each look of the scenarios, where arms with a verdict leave, instead of once at the end. */
  readonly untilSettled: boolean
  /** Seconds after which no further block begins; undefined: no limit. */
  readonly atMostSeconds: number | undefined
  readonly decided: RunTask['decided']
  readonly seed: number
  /** The interrupted run to resume; null: a new run. */
  readonly earlier: MeasuredRun | null
  readonly observer: Observer
  /** Folder of the journal. */
  readonly out: string
  /** Removes what another run left in that folder. Called once this run can no longer be refused. */
  readonly clear: () => Promise<void>
}

/** How a run ended. */
export interface Outcome {
  /** Measurements up to the end or the error; null: nothing began. */
  readonly run: MeasuredRun | null
  /** The error that ended it early; undefined: none. */
  readonly error: unknown
  /** What clean-up could not undo, in words. */
  readonly leftBehind: readonly string[]
  /** Whether it was interrupted, and its clean-up takes too long: a watchdog must finish it. */
  readonly isCleaningUp: boolean
}

/** How long an interrupted run cleans up before it reports. Most finish in this time; small nodes take 40 s. */
const patienceMs = 10_000

/**
 * Measures scenarios. In any case it removes what it created, unless `keep`, and keeps the measurements. Interrupted, it resolves
 * after 10 s, even if its clean-up has not finished.
 */
export const run = async (options: RunOptions): Promise<Outcome> => {
  const found: Found = {
    startedAt: options.earlier?.startedAt ?? new Date().toISOString(),
    cleanup: new Cleanup(),
    phases: new PhaseBook(options.earlier),
    journal: new Journal(options.out, options.earlier),
    skipped: [],
    leftBehind: [],
  }
  const outcome = (finishedAt: string | null, rest: Pick<Outcome, 'error' | 'isCleaningUp'>): Outcome => {
    const slugs = options.scenarios.map(({ loaded }) => loaded.scenario.slug)
    const { skipped, leftBehind, phases, journal } = found
    return { run: journal.run(slugs, { finishedAt, skipped, phases: phases.phases() }), leftBehind, ...rest }
  }
  const ended = toItsEnd(options, found).then(({ finishedAt, error }) => outcome(finishedAt, { error, isCleaningUp: false }))
  if (options.keep) return ended
  const givenUp = after(options.signal, patienceMs)
  return Promise.race([ended, givenUp.then(() => outcome(null, { error: options.signal.reason, isCleaningUp: true }))])
}

/** Resolves this many ms after the signal has fired. The process may end before. */
const after = async (signal: AbortSignal, ms: number): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort')
  await pause(ms, undefined, { ref: false })
}

const aloneSoon = { how: 'alone', stage: null } as const

/** Includes clean-up. */
const toItsEnd = async (options: RunOptions, found: Found): Promise<{ finishedAt: string | null; error: unknown }> => {
  let finishedAt: string | null = null
  let error: unknown
  try {
    await abortOnHostPressure(options.provider, options.signal, (signal) => measure({ ...options, signal }, found))
    finishedAt = new Date().toISOString()
  } catch (thrown) {
    error = thrown
  }
  if (!options.keep) {
    const cleanUp = found.phases.lane(runLane, null)
    const undo = (): Promise<readonly string[]> => cleanUp('clean-up', () => found.cleanup.run())
    found.leftBehind.push(...(await options.turn(aloneSoon, undo)))
  }
  return { finishedAt, error }
}

interface Found {
  readonly startedAt: string
  readonly cleanup: Cleanup
  readonly phases: PhaseBook
  readonly journal: Journal
  readonly skipped: MeasuredRun['skipped']
  readonly leftBehind: string[]
}

const measure = async (options: RunOptions, found: Found): Promise<void> => {
  const { step, signal, mode, blocks, episodes: episodeCount, untilSettled, atMostSeconds = Infinity, decided, seed } = options
  const { keep, earlier, observer, comparison, turn } = options
  const { cleanup, phases, journal, skipped, leftBehind } = found
  const begunAt = Date.now()
  const skip = (slug: string, error: unknown): void => {
    if (!options.skipUnfit || !isUnfit(error)) throw error
    const { title = slug } = options.scenarios.find(({ loaded }) => loaded.scenario.slug === slug)?.loaded.scenario ?? {}
    journal.forget(slug)
    skipped.push({ slug, title, reason: reasonOf(error) })
  }
  const { fit: scenarios, unfit } = await partitionByFit(options.provider, options.scenarios)
  for (const [slug, error] of unfit) skip(slug, error)
  const [refusal] = unfit.values()
  if (scenarios.length === 0 && refusal) throw refusal
  const timePhase = phases.lane(runLane, null)
  const { cluster, removeOnExit } = await turn(aloneSoon, () => clusterFor(options, scenarios, cleanup, timePhase))
  const environment = await describeEnvironment(cluster)
  if (earlier) refuseOther(environment, earlier.environment)
  const { startedAt } = found
  const phasesBefore = earlier?.phases ?? []
  const head = { seed, mode, startedAt, finishedAt: null, environment, comparison, skipped: [], phases: phasesBefore }
  await options.clear()
  await journal.begin({ schemaVersion: 5, ...head }, planOf(options))
  observer.emit({
    type: 'run-begins',
    startedAt: new Date().toISOString(),
    mode,
    kubernetes: environment.kubernetes,
    scenarios: scenarios.map(({ loaded, arms }) => announce(loaded.scenario, arms)),
  })
  const left = scenarios.filter(({ loaded }) => !earlierOf({ earlier }, loaded.scenario.slug)?.complete)
  const order: RunTask = {
    total: left.length,
    step,
    signal,
    mode,
    blocks,
    episodes: episodeCount,
    turn,
    untilSettled,
    endsBy: begunAt + atMostSeconds * 1000,
    decided,
    seed,
    cluster,
    keep,
    phases,
    earlier,
    journal,
    observer,
    leftBehind,
  }
  const { episodes, steady } = byKind(left)
  const addOnsFor = (these: readonly ChosenScenario[]): Promise<void> =>
    timePhase('add-ons', async () => installAddOns(options, cluster, await addOnsOf(these)))

  await timePhase('clean-up', async () => {
    await restoreLeftOvers(cluster, signal) // left by a killed run
    await removeNamespaces(cluster.kube, signal)
  })
  if (episodes.length > 0) {
    await addOnsFor(episodes)
    const nodesNeeded = removeOnExit ? (steady.length > 0 ? steadyWorkers : 0) : Infinity
    const keepNodes = keep && steady.length === 0
    const { skipUnfit } = options
    const play = (): ReturnType<typeof runEpisodes> =>
      runEpisodes({ ...order, keep: keepNodes, scenarios: episodes, skipUnfit, nodesNeeded })
    const refused = await turn({ how: 'together', stage: stages.episodes }, play)
    for (const [slug, error] of refused) skip(slug, error)
  }
  if (steady.length > 0) await cluster.nodes.pauseSpare(steadyWorkers)
  for (const [index, each] of steady.entries()) {
    await turn(aloneSoon, async () => {
      await timePhase('clean-up', () => removeNamespaces(cluster.kube, signal))
      await addOnsFor([each])
    })
    const asked = options.scenarios.findIndex(({ loaded }) => loaded === each.loaded)
    try {
      await runSteady({
        ...order,
        ...each,
        place: episodes.length + index + 1,
        stageOf: (which, block) => stages[which](asked, block),
      })
    } catch (error) {
      skip(each.loaded.scenario.slug, error)
    }
  }
}

const planOf = ({ scenarios, blocks, episodes, untilSettled, skipUnfit }: RunOptions): RunPlan => ({
  scenarios: scenarios.map(({ loaded, arms }) => ({ folder: loaded.folder, arms: [...arms] })),
  blocks: blocks ?? null,
  episodes,
  untilSettled,
  skipUnfit,
})

/** Trials of one run are compared with one another: lab version, cluster and machine must not change. */
const refuseOther = (now: Environment, then: Environment): void => {
  const evidence = Object.entries(now)
    .filter(([name, value]) => !isDeepStrictEqual(value, then[name as keyof Environment]))
    .map(([name, value]) => `${name} is ${JSON.stringify(value)}, and was ${JSON.stringify(then[name as keyof Environment])}`)
  if (evidence.length > 0)
    throw new LabError('The run cannot be resumed here: its environment has changed', {
      evidence,
      next: 'run the scenarios again; `lab judge` tells what was measured until then',
      exit: 'usage',
    })
}

/** The task for measuring each scenario, by its kind. */
const byKind = (scenarios: readonly ChosenScenario[]): { episodes: EpisodeScenario[]; steady: SteadyScenario[] } => {
  const episodes: EpisodeScenario[] = []
  const steady: SteadyScenario[] = []
  for (const { loaded, arms } of scenarios) {
    const { trial } = loaded.scenario
    if (trial.kind === 'episode') episodes.push({ loaded, arms, trial })
    else steady.push({ loaded, arms, trial })
  }
  return { episodes, steady }
}
