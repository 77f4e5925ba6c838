// Where a cluster comes from: the seam every provider fills.
import type { Kube } from '../kube/client.ts'
import type { NodeShell } from '../model/node-shell.ts'
import type { Work } from '../model/step.ts'

/** A cluster that answers, as the lab sees it. */
export interface Cluster {
  readonly provider: string
  readonly name: string
  readonly shape: string
  readonly kubeconfigPath: string
  readonly kube: Kube
  /** Images the cluster holds for manifests to name, and where each came from. */
  readonly images: readonly ClusterImage[]
  /** What its nodes run on, for the report. */
  readonly host: { readonly dockerEngine: string; readonly cgroup: 'v1' | 'v2' }
  /** Whoever opens a shell closes it. */
  readonly openShell: (node: string) => NodeShell
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
  /** Images manifests will name besides the workload image. */
  readonly images: readonly string[]
  /** Build everything on this machine, even where a registry can be reached. */
  readonly offline: boolean
  /** Leave a cluster that did not become ready as it is, to look into it. */
  readonly keep: boolean
  readonly readyWithinMs: number
}

export interface Provider {
  readonly name: string
  /** What is found on this machine; throws nothing. */
  examine(options: { readonly offline: boolean }): Promise<readonly Finding[]>
  /** A ready cluster of the shape: the one that is up when it fits, else a new one. */
  up(options: UpOptions): Promise<{ readonly cluster: Cluster; readonly created: boolean }>
  /** Removes the lab's cluster; true when there was one. */
  down(work: Work): Promise<boolean>
  status(): Promise<Status>
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
  | { readonly state: 'broken'; readonly why: string }
  | {
      readonly state: 'ready'
      readonly images: readonly ClusterImage[]
      readonly shape: string
      readonly kubernetes: string
      readonly nodes: readonly string[]
      readonly kubeconfigPath: string
    }
