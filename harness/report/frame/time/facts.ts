// Where the time of a run went, next to its floor: the minimum of its windows and timers.
import { runLane } from '../../../model/phase.ts'
import type { Phase } from '../../../model/phase.ts'
import type { Run, ScenarioRun } from '../../../model/run.ts'
import { leastMakespan } from '../../../stats/makespan.ts'
import { isEpisodic } from '../../facts/episode.ts'

/** Seconds, and the minimum for windows and timers; null: none, or not known. */
type Spent = { readonly seconds: number; readonly floorSeconds: number | null }

/** A use of time. `episodes`: concurrent on nodes; `other` and `idle`: outside the phases of the run, or of a node. */
export type Part = Spent & { readonly what: Phase['phase'] | 'episodes' | 'other' | 'idle' }

/** A scenario's phases, for episodes summed over nodes; `wallSeconds`: wall-clock time from first to last phase. */
export type ScenarioTime = Spent & { readonly slug: string; readonly episodic: boolean; readonly wallSeconds: number }

/** `ratio`: total over floor. Omits parts below half a second. */
export type TimeSpent = Spent & {
  readonly ratio: number | null
  /** Sequential parts, in the order in which they first began. */
  readonly parts: readonly Part[]
  /** How many nodes ran episodes. */
  readonly nodes: number
  /** The total time of those nodes, by part. */
  readonly nodeParts: readonly Part[]
  readonly scenarios: readonly ScenarioTime[]
}

type Stretch = Pick<Phase, 'fromMs' | 'toMs'> & Pick<Part, 'what'>
type Floors = Partial<Record<Part['what'], number | null>>

const partsOfEpisodes = ['prepare', 'deploy', 'wait', 'load', 'clean-up'] as const

/** The time of a run; null where its phases were not recorded. */
export const timeSpent = (run: Run): TimeSpent | null => {
  if (run.phases.length === 0) return null
  const phases = run.phases.toSorted((a, b) => a.fromMs - b.fromMs)
  const ofNodes = phases.filter(isOfNode)
  const nodes = new Set(ofNodes.map(({ lane }) => lane)).size
  const episodes = floorsOf(run.scenarios.filter(isEpisodic))
  const steadyMs = sumOf(floorsOf(run.scenarios.filter((scenario) => !isEpisodic(scenario))))
  const episodesMs = episodes && leastMakespan(episodes, nodes)
  const floorMs = steadyMs === null || episodesMs === null ? null : steadyMs + episodesMs
  const whole = spent(wallMs(phases), floorMs)
  return {
    ...whole,
    ratio: whole.floorSeconds && whole.seconds / whole.floorSeconds,
    parts: partsOf(phases, { load: steadyMs, episodes: episodesMs }),
    nodes,
    nodeParts: nodePartsOf(ofNodes, nodes, { load: sumOf(episodes) }),
    scenarios: scenarioTimes(run, phases),
  }
}

/** The lane `run` is sequential; every other lane is a node. */
const isOfNode = ({ lane }: Phase): boolean => lane !== runLane

const partsOf = (phases: readonly Phase[], floors: Floors): Part[] => {
  const ofNodes = phases.filter(isOfNode)
  const episodes = ofNodes.length === 0 ? [] : [{ what: 'episodes' as const, ...extent(ofNodes) }]
  const ofRun = phases.filter((phase) => !isOfNode(phase)).map(stretch)
  const parts = byWhat([...ofRun, ...episodes].toSorted((a, b) => a.fromMs - b.fromMs))
  return worthShowing([...parts, ['other', wallMs(phases) - sum(parts.values())]], floors)
}

const nodePartsOf = (phases: readonly Phase[], nodes: number, floors: Floors): Part[] => {
  if (phases.length === 0) return []
  const parts = byWhat(phases.map(stretch))
  const inOrder = partsOfEpisodes.map((what) => [what, parts.get(what) ?? 0] as const)
  return worthShowing([...inOrder, ['idle', nodes * wallMs(phases) - sum(parts.values())]], floors)
}

const scenarioTimes = ({ scenarios }: Run, all: readonly Phase[]): ScenarioTime[] =>
  [...Map.groupBy(all, ({ scenario }) => scenario)].flatMap(([slug, phases]) => {
    if (slug === null) return []
    const floorMs = sumOf(floorsOf(scenarios.filter((scenario) => scenario.slug === slug)))
    const ms = sum(byWhat(phases.map(stretch)).values())
    return { slug, episodic: phases.some(isOfNode), ...spent(ms, floorMs), wallSeconds: wallMs(phases) / 1000 }
  })

const worthShowing = (parts: readonly (readonly [Part['what'], number])[], floors: Floors): Part[] =>
  parts.filter(([, ms]) => ms >= 500).map(([what, ms]) => ({ what, ...spent(ms, floors[what] ?? null) }))

const spent = (ms: number, floorMs: number | null): Spent => ({
  seconds: ms / 1000,
  floorSeconds: floorMs ? floorMs / 1000 : null,
})

/** Floor of each trial; null if one is unknown, since a sum would be too small. */
const floorsOf = (scenarios: readonly ScenarioRun[]): number[] | null => {
  const floors = scenarios.flatMap(({ trials }) => trials.map(({ floorMs }) => floorMs))
  const known = floors.filter((floorMs) => floorMs !== null)
  return known.length < floors.length ? null : known
}

const stretch = ({ phase, fromMs, toMs }: Phase): Stretch => ({ what: phase, fromMs, toMs })

const byWhat = (stretches: readonly Stretch[]): Map<Part['what'], number> => {
  const parts = new Map<Part['what'], number>()
  for (const { what, fromMs, toMs } of stretches) parts.set(what, (parts.get(what) ?? 0) + toMs - fromMs)
  return parts
}

const extent = (phases: readonly Phase[]): Pick<Phase, 'fromMs' | 'toMs'> => ({
  fromMs: Math.min(...phases.map(({ fromMs }) => fromMs)),
  toMs: Math.max(...phases.map(({ toMs }) => toMs)),
})

/** From the first moment to the last. */
const wallMs = (phases: readonly Phase[]): number => {
  const { fromMs, toMs } = extent(phases)
  return toMs - fromMs
}

const sumOf = (floors: readonly number[] | null): number | null => floors && sum(floors)

const sum = (values: Iterable<number>): number => [...values].reduce((total, each) => total + each, 0)
