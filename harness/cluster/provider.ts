// The interface of cluster providers.
import type { Route } from '../artifact/image.ts'
import type { Build } from '../model/build-cost.ts'
import type { Kube } from '../kube/client.ts'
import type { LabError } from '../model/lab-error.ts'
import type { TimePhase } from '../model/phase.ts'
import type { Platform } from '../model/platform.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import type { Testbed } from '../model/testbed.ts'
import type { Work } from '../model/work.ts'

/** A running cluster. */
export interface Cluster {
  readonly provider: string
  readonly name: string
  readonly shape: string
  readonly platform: Platform
  readonly kubeconfigPath: string
  readonly kube: Kube
  /** Images in the cluster that manifests can name, and the source of each. */
  readonly images: readonly ClusterImage[]
  /** Where this machine got them from. */
  readonly route: Route
  /** The machine of its nodes, for the report. */
  readonly host: {
    readonly dockerEngine: string
    readonly cpus: number
    readonly memoryBytes: number
    readonly kernel: string
    /** As the engine reports it. */
    readonly os: string
    readonly cgroup: 'v1' | 'v2'
  }
  /** Opens it for measuring; the caller closes it. */
  readonly open: () => Promise<Testbed>
  readonly nodes: NodeStates
  /** Copies the nodes' kubectl (the cluster's version, for Linux) into a folder of this machine. */
  readonly copyKubectl: (folder: string) => Promise<void>
}

/** Nodes that a run paused or changed. */
export interface NodeStates {
  /** Keeps this many workers running, none of them changed, and cordons and pauses the others, which then take no CPU time. */
  readonly pauseSpare: (running: number) => Promise<void>
  readonly paused: () => Promise<string[]>
  /** Reverts `pauseSpare`; resolves when all nodes are ready. The next `up` does, too. */
  readonly resume: (signal: AbortSignal) => Promise<void>
  /** Names of running nodes that differ from their original state. */
  readonly changed: (signal: AbortSignal) => Promise<string[]>
  /** Restores the running nodes. */
  readonly restore: (signal: AbortSignal) => Promise<void>
}

/** Access that clean-up needs to restore nodes and to remove deployed objects. */
export type Reach = Pick<Cluster, 'kube' | 'nodes'>

/** Leftovers of one kind from an interrupted command. */
export interface Leftover {
  /** The step that removes them, in the imperative. */
  readonly title: string
  /** Each leftover; empty: none of this kind. */
  readonly found: readonly string[]
  readonly undo: () => Promise<void>
}

export interface ClusterImage {
  /** Its name in manifests, without a tag. */
  readonly name: string
  /** With the tag of its content; the harness writes it into the manifest. */
  readonly reference: string
  readonly from: string
}

export interface UpOptions extends Work {
  readonly shape: string
  /** The name of a platform, or the path of its file. Undefined: that of the running cluster, else the default. */
  readonly platform: string | undefined
  /** One of the provider's minor versions. Undefined: that of the platform, that of the running cluster, else the default. */
  readonly kubernetes: string | undefined
  /** This many, or fewer if impossible. Undefined: as many as the scenarios can use and the lab recommends, or those of a custom shape. */
  readonly workers: number | undefined
  readonly usefulWorkers: number
  /** Images manifests will name besides the workload image. */
  readonly images: readonly string[]
  /** Build everything on this machine, even if a registry can be reached. */
  readonly offline: boolean
  /** Whether a running cluster that was created to be kept and does not fit is replaced. */
  readonly replace: boolean
  /** Keep a cluster that did not become ready, for inspection. */
  readonly keep: boolean
  /** Whether the cluster stays when the command has ended. Any later command removes one that does not. */
  readonly kept: boolean
  readonly readyWithinMs: number
  /** Records how long images and cluster take. */
  readonly timePhase: TimePhase
}

export interface BuildOptions {
  /** One of the provider's minor versions; undefined: the default. */
  readonly kubernetes: string | undefined
  /** Images manifests will name besides the workload image. */
  readonly images: readonly string[]
  readonly offline: boolean
  /** Whether a cluster will be created; a running one has its node image. */
  readonly isNewCluster: boolean
}

export interface Provider {
  readonly name: string
  readonly clusterName: string
  /** Supported minor versions of Kubernetes, such as v1.34; the first one is the default. */
  readonly minors: readonly [string, ...string[]]
  /** Platforms that it comes with, the default one first. */
  platforms(): Promise<readonly Platform[]>
  /** One of them, or a file of the user's own by its path; throws if it does not exist or is not valid. */
  platform(name: string): Promise<Platform>
  /** Checks this machine; never throws. */
  examine(options: { readonly offline: boolean }): Promise<readonly Finding[]>
  /** Installs what this machine lacks, if possible; resolves with what is still missing. */
  setUp(work: Work, options: { readonly offline: boolean }): Promise<readonly Finding[]>
  /** What this machine has to build before a cluster with these images is up; throws only for errors in `LAB_IMAGES`. */
  toBuild(options: BuildOptions): Promise<readonly Build[]>
  /** How many workers fit on this machine; never throws. */
  workerCapacity(): Promise<WorkerCapacity>
  /** Why this machine cannot have nodes of this size; null: no reason known beforehand. Never throws. */
  unsupportedReason(size: EpisodeTrial['node']['size']): Promise<{ readonly why: string; readonly next: string } | null>
  /**
   * A ready cluster of the shape, the platform and the version: the running one if it fits, else a new one. `removeOnExit`: the caller must remove
   * it, since it was not created to be kept.
   */
  up(options: UpOptions): Promise<{ readonly cluster: Cluster; readonly created: boolean; readonly removeOnExit: boolean }>
  /** Releases the lock on the cluster's name for other labs on the same engine. `up`, `down` and `leftBehind` take it, and wait while another lab has it. */
  releaseName(): Promise<void>
  /** Removes the lab's cluster; true if there was one. Throws for one that is not provably its own, unless `force`. */
  down(work: Work, options: { readonly force: boolean }): Promise<boolean>
  /** Stops the container engine if the lab started it; true if so. */
  stop(work: Work): Promise<boolean>
  status(): Promise<Status>
  /** The running cluster; throws if another one answers in its place. */
  connect(): Promise<Kube>
  /** Watches the machine that clusters run on, and calls back once before it runs out of disk or memory. Returns a function that stops it. */
  guard(strained: (why: LabError) => void): Promise<() => void>
  /** What interrupted commands left on this machine, and the kept cluster, if one is up. No other command may run meanwhile. */
  leftBehind(work: Work): Promise<{ readonly leftovers: readonly Leftover[]; readonly cluster: Reach | null }>
}

/** How many workers fit on a machine. */
export interface WorkerCapacity {
  /** The most that do not distort measurements. */
  readonly recommended: Limit
  /** The most that work: with more, something would fail. */
  readonly maximum: Limit
}

export interface Limit {
  /** At least 1. */
  readonly workers: number
  /** The resource that limits it, in words. */
  readonly because: string
  /** Memory that a cluster of this size takes, at most. */
  readonly memoryGib: number
}

/** One requirement of the lab, and its state on this machine. */
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
  /** Another user or tool created a cluster of this name. */
  | { readonly state: 'another'; readonly strangers: readonly { readonly name: string }[] }
  /** `mayRecover`: its nodes run, and its API server gives no answer now. */
  | { readonly state: 'broken'; readonly why: string; readonly mayRecover: boolean }
  | {
      readonly state: 'ready'
      readonly images: readonly ClusterImage[]
      readonly shape: string
      readonly platform: Platform
      readonly kubernetes: string
      readonly nodes: readonly string[]
      /** Nodes that workloads run on. */
      readonly workers: number
      readonly kubeconfigPath: string
    }
