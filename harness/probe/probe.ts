// What a probe is: a file of this folder that observes one thing during a trial and turns it into metrics.
import type * as z from 'zod'
import type { Kube } from '../kube/client.ts'
import type { LoadResult } from '../model/run.ts'

/** Where and when a probe looks. Metrics of several trials are combined as `combined` says. */
export interface ProbeContext {
  readonly kube: Kube
  readonly namespace: string
  /** Names of the pods that answer, when the arm was deployed: pods added later are not among them. */
  readonly pods: readonly string[]
  /** Label selector of the pods that answer. */
  readonly servers: string
  readonly signal: AbortSignal
}

export interface MetricDefinition {
  readonly unit: string
  readonly combined: 'median' | 'sum'
  /** What one observation is: a request answered, or a whole trial. */
  readonly observation: 'request' | 'trial'
}

export interface Observation {
  readonly metrics: Readonly<Record<string, number>>
  /** Lines that show what the load left behind. */
  readonly proof?: readonly string[]
}

export interface Started {
  /** Lines that show the fault, or its absence, before its effect is measured. */
  readonly proof?: readonly string[]
  /** Called after the load; what it returns belongs to the trial. */
  readonly end: (load: LoadResult) => Promise<Observation>
}

export interface Probe<Options extends z.ZodType = z.ZodType> {
  readonly options: Options
  readonly metrics: (options: z.output<Options>) => Readonly<Record<string, MetricDefinition>>
  /** Called when the load's connection is open and no request was sent. */
  readonly start: (context: ProbeContext, options: z.output<Options>) => Promise<Started>
}

export const defineProbe = <Options extends z.ZodType>(probe: Probe<Options>): Probe<Options> => probe
