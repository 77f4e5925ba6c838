// Expected duration of a command on this machine, announced before it starts: builds first, then the rest.
import { imagesNeeded } from '../measure/add-ons.ts'
import { buildSeconds, roughly } from '../model/build-cost.ts'
import type { Build } from '../model/build-cost.ts'
import { LabError } from '../model/lab-error.ts'
import { expectedOf, fitting } from '../design/expected.ts'
import { clusterSeconds, exerciseSeconds } from '../design/step-times.ts'
import type { Expected } from '../design/expected.ts'
import type { Extent } from '../design/extent.ts'
import { usefulWorkers } from '../design/workers.ts'
import { minutes } from '../report/write/date.ts'
import type { ChosenScenario } from '../model/scenario.ts'
import { pathOf } from '../scenario/path-of.ts'
import { provider } from './session.ts'

/** Includes builds. */
export interface Expectation extends Expected {
  /** The part of `seconds` spent on builds that this machine lacks. */
  readonly buildSeconds: number
  readonly workers: number
}

export interface RunExpectation extends Expectation {
  /** The scenarios that fit into this many seconds, with their builds or once these are done. */
  readonly fitting: (seconds: number, builds: 'counted' | 'left out') => Promise<readonly ChosenScenario[]>
}

/** The request. Default of workers: those of the running cluster, else as many as a new one would get. */
interface Asked {
  readonly workers?: number
  /** Minor versions; one whole run for each. */
  readonly kubernetes?: readonly string[]
  /** Its name, or the path of its file. */
  readonly platform?: string
  readonly offline?: boolean
}

export const expectation = async (
  scenarios: readonly ChosenScenario[],
  extent: Extent,
  asked: Asked = {},
): Promise<RunExpectation> => {
  const { workers, madeWorkers, newCluster, versions } = await clusterFor(asked, usefulWorkers(scenarios))
  const runOf = (some: readonly ChosenScenario[]): Expected => {
    const first = expectedOf(some, { ...extent, workers, newCluster })
    const again = expectedOf(some, { ...extent, workers: madeWorkers, newCluster: true })
    return versions.slice(1).reduce((sum) => added(sum, again), first)
  }
  const buildsFor = async (some: readonly ChosenScenario[]): Promise<readonly Build[]> =>
    buildsOf(versions, { images: await imagesNeeded(some), offline: asked.offline ?? false, isNewCluster: newCluster })
  return {
    ...whole(secondsOf(await buildsFor(scenarios)), runOf(scenarios)),
    workers,
    fitting: async (seconds, counted) => {
      const builds = new Map<ChosenScenario, readonly Build[]>()
      if (counted === 'counted') for (const each of scenarios) builds.set(each, await buildsFor([each]))
      const together = (some: readonly ChosenScenario[]): number =>
        runOf(some).seconds + secondsOf(some.flatMap((each) => builds.get(each) ?? []))
      return fitting(scenarios, together, seconds)
    },
  }
}

/** For a cluster alone, with these images in it. */
export const expectationOfCluster = async (
  { kubernetes, ...asked }: Omit<Asked, 'kubernetes'> & { readonly kubernetes?: string },
  workersUsed: number,
  images: readonly string[],
): Promise<Expectation> => {
  const all = { ...asked, ...(kubernetes !== undefined && { kubernetes: [kubernetes] }) }
  const { workers, newCluster, versions } = await clusterFor(all, workersUsed)
  const builds = await buildsOf(versions, { images, offline: asked.offline ?? false, isNewCluster: newCluster })
  const seconds = newCluster ? clusterSeconds(workers) : 0
  return {
    ...whole(secondsOf(builds), { seconds, floorSeconds: 0, firstLookSeconds: seconds, unannouncedSeconds: seconds }),
    workers,
  }
}

/** Until the learner is paged. */
export const expectationOfExercise = async (exercise: ChosenScenario, offline: boolean): Promise<Expectation> => {
  const cluster = await expectationOfCluster({ offline }, usefulWorkers([exercise]), await imagesNeeded([exercise]))
  return { ...cluster, seconds: cluster.seconds + exerciseSeconds }
}

/** The cluster that the command will use, as far as it is known beforehand. */
interface ExpectedCluster {
  readonly workers: number
  /** Workers of a cluster that is created, such as that of the next version. */
  readonly madeWorkers: number
  readonly newCluster: boolean
  /** Minor versions, one cluster each; undefined: the default. */
  readonly versions: readonly (string | undefined)[]
}

const clusterFor = async ({ workers: wanted, kubernetes, platform }: Asked, used: number): Promise<ExpectedCluster> => {
  const ofPlatform = platform === undefined ? undefined : (await provider.platform(platform)).kubernetes
  const asked = kubernetes ?? (ofPlatform === undefined ? [] : [ofPlatform])
  const [first] = asked
  const status = await provider.status().catch(() => null) // only for the estimate: the command itself checks again
  const found = status?.state === 'ready' ? status : null
  const version = found ? provider.minors.find((minor) => found.kubernetes.startsWith(`${minor}.`)) : undefined
  const isOfPlatform = platform === undefined || found?.platform.name === platform
  const fits = found !== null && isOfPlatform && (first === undefined || version === first)
  const { recommended, maximum } = await provider.workerCapacity()
  const madeWorkers = wanted === undefined ? Math.min(used, recommended.workers) : Math.min(wanted, maximum.workers)
  return {
    workers: fits ? found.workers : madeWorkers,
    madeWorkers,
    newCluster: !fits,
    versions: first === undefined ? [version] : asked,
  }
}

/** Missing builds for a cluster of each version; a build that several share counts once. */
const buildsOf = async (
  versions: readonly (string | undefined)[],
  options: Omit<Parameters<typeof provider.toBuild>[0], 'kubernetes'>,
): Promise<readonly Build[]> => {
  const builds: Build[] = []
  for (const kubernetes of versions) builds.push(...(await provider.toBuild({ ...options, kubernetes })))
  return builds
}

const secondsOf = (builds: readonly Build[]): number => {
  const once = new Map(builds.map(({ name, cost }) => [name, cost]))
  return Math.round([...once.values()].reduce((sum, cost) => sum + buildSeconds(cost), 0))
}

const whole = (building: number, rest: Expected): Expected & { buildSeconds: number } => ({
  ...rest,
  seconds: building + rest.seconds,
  firstLookSeconds: building + rest.firstLookSeconds,
  buildSeconds: building,
})

const added = (a: Expected, b: Expected): Expected => ({
  seconds: a.seconds + b.seconds,
  floorSeconds: a.floorSeconds + b.floorSeconds,
  firstLookSeconds: a.firstLookSeconds + b.firstLookSeconds,
  unannouncedSeconds: a.unannouncedSeconds + b.unannouncedSeconds,
})

/** `about 14 min: 11 min to build what is not in the cache, 3 min for the run`. Parts in minutes add up to the whole. */
export const expectationLine = (
  { seconds, buildSeconds: building }: Pick<Expectation, 'seconds' | 'buildSeconds'>,
  what: 'the run' | 'the cluster' | 'the rest of the run' | 'the start',
): string => {
  if (building === 0) return `about ${roughly(seconds)} for ${what}; everything is built`
  const parts = [roughly(building), roughly(seconds - building)]
  const inMinutes = parts.every((part) => part.endsWith('min'))
  const all = inMinutes ? `${parts.reduce((sum, part) => sum + Number.parseInt(part, 10), 0)} min` : roughly(seconds)
  return `about ${all}: ${parts[0]} to build what is not in the cache, ${parts[1]} for ${what}`
}

/** Refuses a run that would take longer than `withinSeconds`. */
export const enforceTimeLimit = async (
  { seconds, buildSeconds: building, workers, fitting: fit }: RunExpectation,
  withinSeconds: number | undefined,
): Promise<void> => {
  if (withinSeconds === undefined || seconds <= withinSeconds) return
  const namesOf = (scenarios: readonly ChosenScenario[]): string =>
    scenarios.map(({ loaded: { folder, scenario } }) => pathOf(folder) ?? scenario.slug).join(' ')
  const now = namesOf(await fit(withinSeconds, 'counted'))
  const later = building > 0 ? namesOf(await fit(withinSeconds, 'left out')) : ''
  throw new LabError(
    `This run is expected to take ${minutes(seconds)} min, longer than ${minutes(withinSeconds)} min; nothing was started`,
    {
      exit: 'usage',
      why: `on ${workers} ${workers === 1 ? 'worker' : 'workers'}; ${building > 0 ? `${minutes(building)} min of it build what is not in the cache` : 'everything is built'}`,
      next: now
        ? `these fit: lab run ${now}`
        : later
          ? `\`lab up\` builds it, except add-ons; after that these fit: lab run ${later}`
          : 'no scenario fits; --quick, fewer --blocks or fewer arms (--arm) take less',
    },
  )
}

/** Refuses a limit that ends before the first look: no verdict could be decided. */
export const requireFirstLook = (
  { firstLookSeconds: seconds }: Pick<Expected, 'firstLookSeconds'>,
  atMostSeconds: number,
): void => {
  if (seconds <= atMostSeconds) return
  throw new LabError(`--at-most ${minutes(atMostSeconds)} min ends before the first look; nothing was started`, {
    exit: 'usage',
    why: `the blocks of the first look are expected to take ${minutes(seconds)} min`,
    next: `--at-most ${Math.ceil(seconds / 60)}m or more; --quick, fewer --blocks or fewer arms (--arm) take less`,
  })
}
