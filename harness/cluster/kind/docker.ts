// The engine behind the `docker` program: running, absent, or unknown. From one `docker info` and its endpoint.
import * as z from 'zod'
import { askDocker } from '../../artifact/docker.ts'
import type { Said } from '../../artifact/docker.ts'
import { jsonOf } from '../../model/json.ts'
import { ownEndpoint } from './own-engine.ts'

/** The engine that answers, and the machine it runs on. */
export interface Engine {
  /** The engine's own id, tied to its data folder; empty: it reports none. */
  readonly id: string
  readonly version: string
  readonly cpus: number
  readonly memoryBytes: number
  readonly cgroup: 'v1' | 'v2'
  readonly kernel: string
  /** As the engine reports it: "Debian GNU/Linux 12 (bookworm)", "Docker Desktop". */
  readonly os: string
  readonly architecture: string
  /** Folder of its images and containers, a path on its own machine. */
  readonly rootDir: string
  readonly rootless: boolean
  /** Whether it may limit CPU time, memory and processes of containers: a rootless one only where systemd delegates that to its user. */
  readonly limits: boolean
  /** Whether containerd stores its images, instead of the engine. */
  readonly containerdStore: boolean
}

export interface Docker {
  /** Null: no Docker engine answers. */
  readonly engine: Engine | null
  /** Address of the engine: `unix:///var/run/docker.sock`; empty: not known. */
  readonly endpoint: string
  /** The program, or the engine behind its socket, is Podman. */
  readonly podman: boolean
  /** Output of the program if no engine answers. */
  readonly complaint: string
  /** Why it is unknown whether an engine runs; null: it is known. */
  readonly unknown: string | null
}

const Info = z.object({
  ID: z.string().default(''),
  ServerVersion: z.string().min(1),
  NCPU: z.int().positive(),
  MemTotal: z.number().positive(),
  CgroupVersion: z.string().default('1'),
  CgroupDriver: z.string().default(''),
  KernelVersion: z.string().default(''),
  OperatingSystem: z.string().default(''),
  Architecture: z.string().default(''),
  DockerRootDir: z.string().default(''),
  SecurityOptions: z.array(z.string()).nullish(),
  DriverStatus: z.array(z.array(z.string())).nullish(),
  MemoryLimit: z.boolean().default(false),
  PidsLimit: z.boolean().default(false),
  CPUShares: z.boolean().default(false),
})

/** Podman's own `info` has these fields; behind Docker's program its image folder identifies it. */
const PodmanInfo = z.object({ host: z.object({}), store: z.object({}) })
const podmanRootDir = /\/containers\/storage$/

/** How long an engine may take to answer, in ms. A busy machine needs seconds. */
const answerWithinMs = 20_000

/** Never throws: a machine without the program has no engine. */
export const lookAtDocker = async (withinMs = answerWithinMs): Promise<Docker> => {
  const [info, context] = await Promise.all([
    askDocker(['info', '--format', '{{json .}}'], withinMs),
    askDocker(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], withinMs), // respects DOCKER_HOST and DOCKER_CONTEXT
  ])
  const reported = jsonOf(info.stdout)
  const { data } = Info.safeParse(reported)
  const engine = data ? engineOf(data) : null
  const podman = engine
    ? podmanRootDir.test(engine.rootDir)
    : PodmanInfo.safeParse(reported).success || /podman/i.test((await askDocker(['--version'], withinMs)).stdout)
  const unknown = engine || podman ? null : unknownBecause(info, withinMs)
  return {
    engine: podman ? null : engine,
    endpoint: context.stdout.trim(),
    podman,
    complaint: engine ? '' : info.stderr,
    unknown,
  }
}

/** No engine answered. That means "no engine" only if no process listens and the environment names no engine. */
const unknownBecause = ({ stderr, timedOut, isMissing }: Said, withinMs: number): string | null => {
  if (isMissing) return null
  if (timedOut) return `docker info took longer than ${withinMs / 1000} s`
  const { DOCKER_HOST, DOCKER_CONTEXT } = process.env
  const isNamed = Boolean(DOCKER_CONTEXT) || Boolean(DOCKER_HOST && DOCKER_HOST !== ownEndpoint)
  return nobodyListens.test(stderr) && !isNamed ? null : stderr.trim() || 'docker info failed and gave no reason'
}

/** Messages of Docker 20 to 28, and of Docker 29. */
const nobodyListens = /^(?!.*permission denied).*(?:Cannot connect to the Docker daemon|failed to connect to the docker API)/im

const engineOf = (info: z.infer<typeof Info>): Engine => ({
  id: info.ID,
  version: info.ServerVersion,
  cpus: info.NCPU,
  memoryBytes: info.MemTotal,
  cgroup: info.CgroupVersion === '2' ? 'v2' : 'v1',
  kernel: info.KernelVersion,
  os: info.OperatingSystem,
  architecture: info.Architecture,
  rootDir: info.DockerRootDir,
  rootless: (info.SecurityOptions ?? []).some((option) => option.split(',').includes('name=rootless')),
  limits: info.CgroupDriver !== 'none' && info.MemoryLimit && info.PidsLimit && info.CPUShares, // the same check as kind's
  containerdStore: (info.DriverStatus ?? []).flat().includes('io.containerd.snapshotter.v1'),
})

/** Whether the engine runs on another machine, reached over the network. */
export const isRemote = ({ endpoint }: Pick<Docker, 'endpoint'>): boolean => {
  const host = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/.exec(endpoint)?.[1]
  return host !== undefined && !['localhost', '127.0.0.1', '[::1]'].includes(host)
}
