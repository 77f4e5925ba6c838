// The probes of a scenario during one trial: they start together, and their results are merged.
import type { Trial } from '../model/trial.ts'
import type { Lane, Timeline } from '../model/timeline.ts'
import type { ReadyProbe } from '../probe/kit/find-probe.ts'
import type { LoadOver, ProbeContext } from '../probe/kit/probe.ts'

/** Starts all probes; `seen` returns observations so far, `end` merges the results after the load. A number that is not finite was not measured. */
export const startProbes = async (probes: readonly ReadyProbe[], context: ProbeContext) => {
  const started = await Promise.all(probes.map((probe) => probe.start(context)))
  return {
    seen: (timeline: Timeline | null): Pick<Trial, 'series'> & { readonly lanes: readonly Lane[] } => {
      const seen = started.flatMap((each) => each.seen?.(timeline) ?? [])
      return {
        series: Object.fromEntries(seen.flatMap(({ series = {} }) => Object.entries(series))),
        lanes: seen.flatMap(({ lanes = [] }) => lanes),
      }
    },
    end: async (over: LoadOver): Promise<Pick<Trial, 'proof' | 'metrics' | 'series' | 'timeline' | 'invalid'>> => {
      const { timeline } = over
      const ended = await Promise.all(started.map((each) => each.end(over)))
      const numbers = ended.flatMap(({ metrics }) => Object.entries(metrics)).filter(([, value]) => Number.isFinite(value))
      return {
        proof: [...started, ...ended].flatMap((each) => each.proof ?? []),
        metrics: Object.fromEntries(numbers),
        invalid: ended.flatMap(({ invalid = [] }) => invalid),
        series: Object.fromEntries(ended.flatMap(({ series = {} }) => Object.entries(series))),
        timeline: timeline && { ...timeline, lanes: [...timeline.lanes, ...ended.flatMap((each) => each.lanes ?? [])] },
      }
    },
    stop: () => started.forEach((each) => each.stop?.()),
  }
}
