// What measuring asks of the cluster that it measures on.
import type { NodeShell } from './node-shell.ts'
import type { SmallNode } from './run.ts'
import type { EpisodeTrial } from './scenario.ts'
import type { HostUse } from './trial.ts'

/** A cluster that is open for measuring, until `close`. */
export interface Testbed {
  /** Nodes that workloads run on and that episodes may change. */
  readonly nodes: readonly TestbedNode[]
  /** Resolves when every ready pod that a Service of these namespaces selects gets connections from every node. */
  readonly reach: (namespaces: readonly string[], signal: AbortSignal) => Promise<void>
  /** Watches other activity of the machine; the function reports it since then. */
  readonly noise: () => Promise<() => Promise<HostUse>>
  /**
   * Runs a script as an administrator of the cluster does: bash with kubectl, jq and `NAMESPACE`. Resolves with its output. When the signal
   * fires, or the lab is killed, the script ends with its child processes.
   */
  readonly script: (script: AdminScript, signal: AbortSignal) => Promise<string>
  /** Finds the CPU counters of these containers; the function reads all at once, node by node. */
  readonly cpu: (containers: readonly PlacedContainer[]) => Promise<() => Promise<CpuReading>>
  /** Finds what these containers use together; the function reads it. */
  readonly usage: (containers: readonly PlacedContainer[]) => Promise<() => Promise<Usage>>
  /** A shell on the node of an episode, for what only the node itself knows. */
  readonly shell: (node: string) => NodeShell
  readonly close: () => void
}

export interface TestbedNode {
  readonly name: string
  /** Makes it ready for episodes of a scenario, or throws with the reason. `addresses`: of a small pool. Even a failure needs `restore`. */
  readonly prepare: (wanted: EpisodeTrial['node'], addresses: number | undefined, signal: AbortSignal) => Promise<SmallNode>
  /** Between two episodes: no trace of the one before is left. */
  readonly empty: (signal: AbortSignal) => Promise<void>
  /** Reverts `prepare`. Does nothing to an unchanged node. */
  readonly restore: (signal: AbortSignal) => Promise<void>
  /** Gives it a larger CPU share than the other nodes, or its usual one. */
  readonly prioritize: (isPrioritized: boolean) => Promise<void>
}

/** Label of a node that is ready for episodes with this size: manifests select it. */
export const sizeLabel = (size: EpisodeTrial['node']['size']): string => `incident-lab/${size}`

export interface AdminScript {
  readonly file: string
  readonly text: string
  readonly namespace: string
  readonly args?: readonly string[]
}

/** A container, by its id in the runtime of its node. */
export interface PlacedContainer {
  readonly node: string
  readonly id: string
}

/** Counters of a cgroup since its creation. Times in ms of CPU time, summed over its tasks. */
export interface CpuCounters {
  readonly usedMs: number
  readonly periods: number
  readonly throttledPeriods: number
  readonly throttledMs: number
}

export interface ContainerCpu {
  readonly container: CpuCounters
  readonly pod: CpuCounters
  /** The CFS quotas in force; null: none. */
  readonly quota: Quota | null
  readonly podQuota: Quota | null
}

export interface Quota {
  readonly quotaMs: number
  readonly periodMs: number
}

export interface CpuReading {
  /** The node's clock when it was read, ms since the epoch: the clock of its pods too. */
  readonly atMs: number
  readonly containers: readonly ContainerCpu[]
}

export interface Usage {
  readonly cpuMs: number
  /** As `kubectl top` counts it: the working set, without reclaimable page cache. NaN: a container has gone. */
  readonly memoryBytes: number
}
