// Where a cluster comes from: the seam every provider fills.
import type { Route } from '../artefact/image.ts'
import type { Build } from '../model/build-cost.ts'
import type { Kube } from '../kube/client.ts'
import type { LabError } from '../model/lab-error.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { TimePhase } from '../model/phase.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import type { Work } from '../model/work.ts'

/** A cluster that answers, as the lab sees it. */
export interface Cluster {
  readonly provider: string
  readonly name: string
  readonly shape: string
  readonly kubeconfigPath: string
  readonly kube: Kube
  /** Images the cluster holds for manifests to name, and where each came from. */
  readonly images: readonly ClusterImage[]
  /** How they came onto this machine. */
  readonly route: Route
  /** What its nodes run on, for the report. */
  readonly host: {
    readonly dockerEngine: string
    readonly cpus: number
    readonly memoryBytes: number
    readonly kernel: string
    /** As the engine says it. */
    readonly os: string
    readonly cgroup: 'v1' | 'v2'
  }
  /** The caller closes a shell. */
  readonly openShell: (node: string) => NodeShell
  /** Copies the kubectl of its nodes into a folder of this machine: of the cluster's version, for Linux. */
  readonly copyKubectl: (folder: string) => Promise<void>
  /** Stops everything on these nodes, as if time stood still there: they take no CPU time. Undone by `wake`, and by the next `up`. */
  readonly rest: (nodes: readonly string[]) => Promise<void>
  readonly wake: (nodes: readonly string[]) => Promise<void>
  /** Gives a node its share of a busy machine before the others, or no longer. */
  readonly prioritize: (node: string, isPrioritized: boolean) => Promise<void>
}

/** What it takes to make the nodes of a cluster as they were, and to remove what was deployed. */
export type Reach = Pick<Cluster, 'kube' | 'openShell' | 'wake'>

/** Things of one kind that a command which was cut off left behind. */
export interface Leftover {
  /** What undoing them is, in the imperative. */
  readonly title: string
  /** Each of them; none: nothing of the kind is left. */
  readonly found: readonly string[]
  readonly undo: () => Promise<void>
}

export interface ClusterImage {
  /** As manifests name it, without a tag. */
  readonly name: string
  /** With the tag of its content: what the harness puts in the manifest's place. */
  readonly reference: string
  readonly from: string
}

export interface UpOptions extends Work {
  readonly shape: string
  /** One of the provider's minor versions. Undefined: that of the cluster that is up, else the default. */
  readonly kubernetes: string | undefined
  /** So many, or fewer where that is not possible. Undefined: as many as the scenarios can use and the lab recommends, or those of a shape that is not the lab's own. */
  readonly workers: number | undefined
  readonly usefulWorkers: number
  /** Images manifests will name besides the workload image. */
  readonly images: readonly string[]
  /** Build everything on this machine, even where a registry can be reached. */
  readonly offline: boolean
  /** Whether a running cluster that was created to be kept and does not fit is replaced. */
  readonly replace: boolean
  /** Leave a cluster that did not become ready as it is, to look into it. */
  readonly keep: boolean
  /** Whether the cluster is kept when the command has ended. Any later command removes one that is not. */
  readonly kept: boolean
  readonly readyWithinMs: number
  /** Records when images are prepared, and when the cluster is made. */
  readonly timePhase: TimePhase
}

export interface BuildOptions {
  /** One of the provider's minor versions; undefined: the default. */
  readonly kubernetes: string | undefined
  /** Images manifests will name besides the workload image. */
  readonly images: readonly string[]
  readonly offline: boolean
  /** Whether a cluster will be made; one that is up has its node image. */
  readonly isNewCluster: boolean
}

export interface Provider {
  readonly name: string
  readonly clusterName: string
  /** Minor versions of Kubernetes it makes clusters of, such as v1.34; the first one is the default. */
  readonly minors: readonly [string, ...string[]]
  /** What is found on this machine; throws nothing. */
  examine(options: { readonly offline: boolean }): Promise<readonly Finding[]>
  /** Mends what this machine lacks, where that can be done; resolves with what is still missing. */
  setUp(work: Work, options: { readonly offline: boolean }): Promise<readonly Finding[]>
  /** What this machine lacks and builds before a cluster with these images is up; throws nothing but what `LAB_IMAGES` has wrong. */
  toBuild(options: BuildOptions): Promise<readonly Build[]>
  /** How many workers this machine has room for; throws nothing. */
  workerCapacity(): Promise<WorkerCapacity>
  /** What speaks against nodes of this size on this machine; null: nothing that is known before they are made. Throws nothing. */
  unsupportedReason(size: EpisodeTrial['node']['size']): Promise<{ readonly why: string; readonly next: string } | null>
  /**
   * A ready cluster of the shape and the version: the one that is up when it fits, else a new one. `removeOnExit`: the caller has to remove
   * it, since nobody meant it to stay.
   */
  up(options: UpOptions): Promise<{ readonly cluster: Cluster; readonly created: boolean; readonly removeOnExit: boolean }>
  /** Gives the cluster's name free for other labs on the same engine. `up`, `down` and `leftBehind` take it, and wait while another lab has it. */
  letGo(): Promise<void>
  /** Removes the lab's cluster; true when there was one. One that is not provably its own is an error, unless `force`. */
  down(work: Work, options: { readonly force: boolean }): Promise<boolean>
  /** Ends what runs clusters on this machine, if the lab started it; true when it had. */
  stop(work: Work): Promise<boolean>
  status(): Promise<Status>
  /** The cluster that is up; an error where another one answers in its place. */
  connect(): Promise<Kube>
  /** Watches the machine that clusters run on, and calls back once before it runs out of disk or memory. Returns how to stop. */
  guard(strained: (why: LabError) => void): Promise<() => void>
  /** What commands that were cut off left on this machine, and the cluster that stays, if one is up. Nobody may be at work meanwhile. */
  leftBehind(work: Work): Promise<{ readonly leftovers: readonly Leftover[]; readonly cluster: Reach | null }>
}

/** How many workers a machine has room for. */
export interface WorkerCapacity {
  /** So many that what is measured is not the machine itself. */
  readonly recommended: Limit
  /** So many at all: with more something would fail. */
  readonly maximum: Limit
}

export interface Limit {
  /** At least 1. */
  readonly workers: number
  /** What there is too little of for more, in words. */
  readonly because: string
  /** What a cluster with so many takes of the machine's memory, at most. */
  readonly memoryGib: number
}

/** One thing the lab needs, and what this machine has of it. */
export interface Finding {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'warning'
  readonly found: string
  /** For what is not ok: why it matters, and what to do. */
  readonly why?: string
  readonly next?: string
}

export type Status =
  | { readonly state: 'none' }
  /** Somebody else made a cluster of this name. */
  | { readonly state: 'another'; readonly strangers: readonly { readonly name: string }[] }
  /** `mayRecover`: its nodes run, and its API server gives no answer now. */
  | { readonly state: 'broken'; readonly why: string; readonly mayRecover: boolean }
  | {
      readonly state: 'ready'
      readonly images: readonly ClusterImage[]
      readonly shape: string
      readonly kubernetes: string
      readonly nodes: readonly string[]
      /** Nodes that workloads run on. */
      readonly workers: number
      readonly kubeconfigPath: string
    }
