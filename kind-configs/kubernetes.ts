// The versions of Kubernetes that a cluster can have, by minor version. One stands here when the lab's scenarios were run on it.

export interface Kubernetes {
  /** Such as v1.34. */
  readonly minor: string
  /** The node image that kind's release names for it, for where an image registry can be reached. */
  readonly nodeImage: string
  /** The version that is compiled where none can: the newest of the minor that the Go module proxy serves. */
  readonly compiled: string
  /** What it is compiled with: under node-image/kubernetes/, beside a file of sums of the same name. */
  readonly modfile: string
  /** Of Go, to compile it and what else the node image is made of. */
  readonly leastGo: string
}

/** The first one is the default. */
export const catalogue: readonly [Kubernetes, ...Kubernetes[]] = [
  {
    minor: 'v1.34',
    nodeImage: 'kindest/node:v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d',
    compiled: 'v1.34.4',
    modfile: 'v1.34.mod',
    leastGo: '1.25',
  },
  {
    minor: 'v1.36',
    nodeImage: 'kindest/node:v1.36.4@sha256:099e049362a1526b2db71494e1947aae99bd16290d7c895f2b7ea312e3cbfaed',
    compiled: 'v1.36.3',
    modfile: 'v1.36.mod',
    leastGo: '1.26',
  },
]

/** The minor version of a version: v1.34 of v1.34.4. */
export const minorOf = (version: string): string => /^v\d+\.\d+/.exec(version)?.[0] ?? version

const isAtLeast = (minor: string, number: number): boolean => Number(minor.split('.')[1]) >= number

/** From 1.35 on the kubelet does not start on a machine with cgroup v1 unless configured to. */
export const refusesCgroupV1 = (minor: string): boolean => isAtLeast(minor, 35)

/** From 1.36 on kind configures kubeadm by v1beta4, where flags of a component are a list; before, by v1beta3, where they are a map. */
export const listsFlags = (minor: string): boolean => isAtLeast(minor, 36)
