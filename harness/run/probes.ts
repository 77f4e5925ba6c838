// The probes of a scenario, found by name in harness/probe/, their options checked.
import * as z from 'zod'
import { LabError } from '../model/lab-error.ts'
import type { HostUse, LoadResult, Trial } from '../model/run.ts'
import type { Timeline } from '../model/timeline.ts'
import type { Change, MetricDefinition, Probe, ProbeContext } from '../probe/probe.ts'
import { issuesOf } from './load-scenarios.ts'

export interface ReadyProbe {
  readonly name: string
  readonly metrics: Readonly<Record<string, MetricDefinition>>
  readonly start: (context: ProbeContext) => ReturnType<Probe['start']>
}

export const loadProbes = (wanted: Readonly<Record<string, unknown>>): Promise<readonly ReadyProbe[]> =>
  Promise.all(
    Object.entries(wanted).map(async ([name, written]) => {
      const { probe } = (await import(`../probe/${name}.ts`)) as { probe: Probe }
      const options = z.safeParse(probe.options, written)
      if (!options.success)
        throw new LabError(`The options of probe ${name} are wrong`, { evidence: issuesOf(options.error), exit: 'usage' })
      return { name, metrics: probe.metrics(options.data), start: (context) => probe.start(context, options.data) }
    }),
  )

/** Starts all probes; `end` gathers, after the load, what they found. */
export const startProbes = async (probes: readonly ReadyProbe[], context: ProbeContext) => {
  const started = await Promise.all(probes.map((probe) => probe.start(context)))
  return {
    end: async (
      load: LoadResult,
      host: HostUse,
      timeline: Timeline | null,
      change: Change | null,
    ): Promise<Pick<Trial, 'proof' | 'metrics' | 'series' | 'timeline'>> => {
      const ended = await Promise.all(started.map((each) => each.end(load, host, timeline, change)))
      return {
        proof: [...started, ...ended].flatMap((each) => each.proof ?? []),
        metrics: Object.assign({}, ...ended.map((each) => each.metrics)),
        series: Object.assign({}, ...ended.map((each) => each.series ?? {})),
        timeline: timeline && { ...timeline, lanes: [...timeline.lanes, ...ended.flatMap((each) => each.lanes ?? [])] },
      }
    },
    stop: () => started.forEach((each) => each.stop?.()),
  }
}
