// What each thing that the lab builds costs, as measured: every estimate of a build time follows from this table.
import type { BuildCost } from '../model/build-cost.ts'

/**
 * Of a cold build that took so many seconds on two CPUs while it used 60 % of their time, which is what all builds of a cold `make demo`
 * used on average.
 */
const onTwoCpus = (seconds: number): BuildCost => ({ cpuSeconds: seconds * 2 * 0.6, serialSeconds: seconds * 0.4 })

/** A step that one thread or the network holds up, however many CPUs there are. */
const serial = (serialSeconds: number): BuildCost => ({ cpuSeconds: 0, serialSeconds })

/** Measured at commit 05fc14a on 2 cores, with every cache empty; where it says so, on another day. */
export const buildCosts = {
  kind: onTwoCpus(31),
  kubernetes: onTwoCpus(421),
  /** Beside Kubernetes, whose libraries they share: 22 and 14 CPU seconds. */
  etcd: onTwoCpus(18),
  coredns: onTwoCpus(12),
  /** Debian was unpacked twice in 64 s. */
  debian: serial(32),
  /** Eight images were built in 80 s. */
  image: serial(10),
  /** Another day. The agent and istioctl are compiled after istiod, most of which they share. */
  'pilot-discovery': onTwoCpus(266),
  'pilot-agent': onTwoCpus(6),
  istioctl: onTwoCpus(30),
  contour: onTwoCpus(120),
  /** Another day: `kindest/node`, pulled from a registry on the same machine. */
  pulledNode: serial(14),
} as const satisfies Readonly<Record<string, BuildCost>>

/** For what takes a second or less, or what nobody has measured: it is left out of estimates. */
export const notCounted: BuildCost = serial(0)
