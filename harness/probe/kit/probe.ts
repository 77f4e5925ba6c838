// The interface of a probe: a file in a sibling folder that observes one thing during a trial and turns it into metrics.
import type * as z from 'zod'
import type { Kube } from '../../kube/client.ts'
import { LabError } from '../../model/lab-error.ts'
import type { MetricDefinitions } from '../../model/metric.ts'
import type { Testbed } from '../../model/testbed.ts'
import type { HostUse, LoadResult, Trial } from '../../model/trial.ts'
import type { Lane, Timeline } from '../../model/timeline.ts'

/** Where and when a probe looks. Metrics of several trials are combined as `combined` says. */
export interface ProbeContext {
  readonly kube: Kube
  readonly namespace: string
  /** Names of the server pods at deployment, without pods added later. */
  readonly pods: readonly string[]
  /** Label selector of the pods that answer. */
  readonly servers: string
  readonly testbed: Testbed
  /** Of an episode: the node the arm runs on. */
  readonly node: string | null
  /** Namespaces of the add-ons the arm needs. */
  readonly addOns: readonly string[]
  readonly signal: AbortSignal
}

export interface Observation {
  readonly metrics: Readonly<Record<string, number>>
  /** Lines of proof after the load. */
  readonly proof?: readonly string[]
  /** Series over time. */
  readonly series?: Trial['series']
  /** Episodes: additional lanes of the timeline. */
  readonly lanes?: readonly Lane[]
  /** Why the trial does not count: the probe missed something that its metrics need. */
  readonly invalid?: readonly string[]
}

/** When an arm changed something under load, in ms since the window began. */
export interface LoadChange {
  readonly atMs: number
}

/** What is known of a trial when its load is over. */
export interface LoadOver {
  readonly load: LoadResult
  readonly host: HostUse
  /** Null under steady load. */
  readonly timeline: Timeline | null
  /** Null without a change under load. */
  readonly change: LoadChange | null
}

export interface Started {
  /** Lines that show the fault, or its absence, before its effect is measured. */
  readonly proof?: readonly string[]
  /** Called after the load; returns results for the trial. */
  readonly end: (over: LoadOver) => Promise<Observation>
  /** Series so far, for an observer. `timeline`: that of an episode so far, once it is triggered. */
  readonly seen?: (timeline: Timeline | null) => Pick<Observation, 'series' | 'lanes'>
  /** Called instead if the trial was interrupted. */
  readonly stop?: () => void
}

export interface Probe<Options extends z.ZodType = z.ZodType> {
  readonly options: Options
  readonly metrics: (options: z.output<Options>) => MetricDefinitions
  /** It reads the timeline of an episode. */
  readonly needsTimeline?: boolean | undefined
  /** Called when the load's connection is open, before any request. */
  readonly start: (context: ProbeContext, options: z.output<Options>) => Promise<Started>
}

export const defineProbe = <Options extends z.ZodType>(probe: Probe<Options>): Probe<Options> => probe

/** A probe that reads only an episode's watches and its client's results. */
export const defineTimelineProbe = <Options extends z.ZodType>({
  options,
  metrics,
  read,
}: Pick<Probe<Options>, 'options' | 'metrics'> & {
  readonly read: (timeline: Timeline, load: LoadResult, options: z.output<Options>) => Observation
}): Probe<Options> => ({
  options,
  metrics,
  needsTimeline: true,
  start: async (_context, chosen) => ({
    end: async ({ load, timeline }) => {
      if (!timeline)
        throw new LabError('A probe of this scenario reads a timeline, but steady load has none', {
          exit: 'usage',
          next: 'remove the probe from the scenario, or make its trial an episode',
        })
      return read(timeline, load, chosen)
    },
  }),
})
