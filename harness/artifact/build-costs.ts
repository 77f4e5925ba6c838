// Measured cost of each build: every estimate of a build time follows from this table.
import type { BuildCost } from '../model/build-cost.ts'

/**
 * Cost of a cold build that took this many seconds on two CPUs while it used 60 % of their time, which is what all builds of a cold `make demo`
 * used on average.
 */
const onTwoCpus = (seconds: number): BuildCost => ({ cpuSeconds: seconds * 2 * 0.6, serialSeconds: seconds * 0.4 })

/** A step that is limited by one thread or the network, whatever the number of CPUs. */
const serial = (serialSeconds: number): BuildCost => ({ cpuSeconds: 0, serialSeconds })

/** Measured at commit 05fc14a on 2 cores with empty caches; some on another day, as noted. */
export const buildCosts = {
  kind: onTwoCpus(31),
  kubernetes: onTwoCpus(421),
  /** Built together with Kubernetes, whose libraries they share: 22 and 14 CPU seconds. */
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
  'metrics-server': onTwoCpus(100),
  /** Another day: `kindest/node`, pulled from a registry on the same machine. */
  pulledNode: serial(14),
} as const satisfies Readonly<Record<string, BuildCost>>

/** For builds of a second or less, or unmeasured ones: estimates omit them. */
export const notCounted: BuildCost = serial(0)
