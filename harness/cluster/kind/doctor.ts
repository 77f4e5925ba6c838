// What this machine has of what a cluster needs: the one place that looks. Each finding says why it matters and what to do.
import { access, mkdir, readFile, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { execa } from 'execa'
import { parse } from 'yaml'
import { cacheDir } from '../../artefact/cache.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Finding } from '../provider.ts'
import { missingCapabilities } from './capabilities.ts'
import { canStartEngine, engineVersion } from './engine.ts'
import { chooseRoute } from './images.ts'
import type { Route } from './images.ts'
import { readMachine } from './machine.ts'
import { shapePath } from './paths.ts'

const gib = 1024 ** 3
const neededDiskGib = { registry: 6, offline: 12 }
const neededMemoryGib = 6

/** As kind's own documentation advises for clusters of many nodes: 512 and more. */
export const enoughInotify = 1024

/** What building without a registry calls: how to see that it is there, and where it comes from. */
const buildTools: Readonly<Record<string, { readonly try: readonly [string, ...string[]]; readonly origin: string }>> = {
  go: { try: ['go', 'version'], origin: 'Go 1.24 or newer' },
  gcc: { try: ['gcc', '--version'], origin: 'gcc and libc6-dev' },
  mmdebstrap: { try: ['mmdebstrap', '--version'], origin: 'mmdebstrap' },
  pip: { try: ['python3', '-m', 'pip', '--version'], origin: 'python3-pip' },
  jq: { try: ['jq', '--version'], origin: 'jq' },
  iptables: { try: ['iptables', '--version'], origin: 'iptables' },
}

export const examine = async ({ offline }: { readonly offline: boolean }): Promise<readonly Finding[]> => {
  const route = await chooseRoute(offline)
  return [
    await engine(),
    await capabilities(),
    routeFinding(route, offline),
    ...(route === 'offline' ? await tools() : []),
    await disk(route),
    memory(),
    ...(await inotify()),
    await cgroups(),
    await smallDisks(),
  ]
}

/** Refuses before anything is created; names everything that is missing at once. `shape`: of a cluster still to be made. */
export const refuseUnlessFit = async ({
  offline,
  shape,
}: {
  readonly offline: boolean
  readonly shape: string | undefined
}): Promise<void> => {
  const missing = [...(await examine({ offline })), ...(shape ? await ports(shape) : [])].filter(
    (finding) => finding.state === 'missing',
  )
  if (missing.length === 0) return
  throw new LabError('This machine cannot bring up a cluster; nothing was created', {
    exit: 'cannotRun',
    evidence: missing.flatMap(({ name, found, why, next }) => [
      `${name}: ${found}`,
      `    why it matters: ${why}`,
      `    what to do: ${next}`,
    ]),
    next: 'mend what is named above; `lab doctor` shows all that was looked at',
  })
}

const engine = async (): Promise<Finding> => {
  const name = 'Docker engine'
  const version = await engineVersion()
  if (version) return { name, state: 'ok', found: `${version}, answers` }
  if (await canStartEngine()) return { name, state: 'ok', found: 'none answers; the lab can start one (dockerd is installed)' }
  return {
    name,
    state: 'missing',
    found: 'none answers, and there is none this user could start',
    why: "kind runs the cluster's nodes as containers",
    next: 'start Docker, or as root on Debian run `make setup`, which installs it',
  }
}

const capabilities = async (): Promise<Finding> => {
  const lacking = await missingCapabilities()
  return {
    name: 'capabilities',
    state: 'ok',
    found:
      lacking.length === 0 ? 'complete' : `bounding set lacks ${lacking.join(', ')}; an engine the lab starts works around it`,
  }
}

const routeFinding = (route: Route, forced: boolean): Finding => ({
  name: 'images',
  state: 'ok',
  found:
    route === 'registry'
      ? 'an image registry answers: images are pulled by digest'
      : `${forced ? 'offline was asked for' : 'no image registry answers'}: images are built here from Go modules, npm, PyPI and Debian packages`,
})

const tools = (): Promise<Finding[]> =>
  Promise.all(
    Object.entries(buildTools).map(
      async ([
        name,
        {
          try: [program, ...words],
          origin,
        },
      ]): Promise<Finding> => {
        const { failed, stdout } = await execa(program, words, { reject: false })
        if (!failed) return { name, state: 'ok', found: stdout.split('\n')[0] ?? '' }
        return {
          name,
          state: 'missing',
          found: `\`${[program, ...words].join(' ')}\` does not work`,
          why: 'without an image registry the images are built here',
          next: `install ${origin}; as root on Debian \`make setup\` installs all but Go and gcc`,
        }
      },
    ),
  )

const disk = async (route: Route): Promise<Finding> => {
  await mkdir(cacheDir(), { recursive: true })
  const { bavail, bsize } = await statfs(cacheDir())
  const freeGib = (bavail * bsize) / gib
  const found = `${freeGib.toFixed(1)} GiB free at ${cacheDir()}`
  if (freeGib >= neededDiskGib[route]) return { name: 'disk', state: 'ok', found }
  return {
    name: 'disk',
    state: 'missing',
    found,
    why: `images and nodes take up to ${neededDiskGib[route]} GiB`,
    next: 'free some space (`docker system df` shows what Docker holds), or set LAB_CACHE to a folder with room',
  }
}

const memory = (): Finding => {
  const found = `${(totalmem() / gib).toFixed(1)} GiB`
  if (totalmem() / gib >= neededMemoryGib) return { name: 'memory', state: 'ok', found }
  return {
    name: 'memory',
    state: 'warning',
    found,
    why: `three nodes and their workloads take about ${neededMemoryGib} GiB`,
    next: 'expect evictions, or use a larger machine',
  }
}

/** Of the kernel's instances of inotify one user has so many, all nodes together. */
const inotify = async (): Promise<Finding[]> => {
  const { inotifyInstances } = await readMachine()
  if (inotifyInstances === null) return []
  const name = 'inotify'
  const found = `${inotifyInstances} instances for one user`
  if (inotifyInstances >= enoughInotify) return [{ name, state: 'ok', found }]
  return [
    {
      name,
      state: 'warning',
      found,
      why: 'each node takes 14 to 16, and fewer nodes mean a longer run; with none left, kubelets and DNS fail without a word',
      next: `sysctl -w fs.inotify.max_user_instances=${enoughInotify}; as root \`make setup\` does it, until the next boot`,
    },
  ]
}

const cgroups = async (): Promise<Finding> => ({ name: 'cgroup', state: 'ok', found: await cgroupVersion() })

export const cgroupVersion = async (): Promise<'v1' | 'v2'> =>
  access('/sys/fs/cgroup/cgroup.controllers').then(
    () => 'v2' as const,
    () => 'v1' as const,
  )

/** What a disk of their own is made of for nodes whose disk is to be flooded. Whether a node really may mount it, a run finds out. */
const smallDisks = async (): Promise<Finding> => ({
  name: 'small disks',
  state: 'ok',
  found: await access('/dev/loop-control').then(
    () => 'loop devices',
    () => 'no loop devices: file systems in memory (tmpfs) instead',
  ),
})

/** Host ports the shape asks for. kind would find out only after it made the nodes. */
const ports = async (shape: string): Promise<Finding[]> => {
  const findings = await Promise.all(
    (await hostPorts(shape)).map(async (port): Promise<Finding> => ({
      name: `port ${port}`,
      state: (await isFree(port)) ? 'ok' : 'missing',
      found: 'in use by another process',
      why: `kind-configs/${shape}.yaml gives it to a node`,
      next: `end what listens there (ss -ltnp 'sport = :${port}'), or change the shape`,
    })),
  )
  return findings
}

interface PortsOfShape {
  readonly networking?: { readonly apiServerPort?: number }
  readonly nodes?: readonly { readonly extraPortMappings?: readonly { readonly hostPort?: number }[] }[]
}

const hostPorts = async (shape: string): Promise<number[]> => {
  const { networking, nodes } = parse(await readFile(shapePath(shape), 'utf8')) as PortsOfShape
  const mapped = (nodes ?? []).flatMap((node) => (node.extraPortMappings ?? []).map((mapping) => mapping.hostPort))
  return [networking?.apiServerPort, ...mapped].filter((port): port is number => port !== undefined && port > 0)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
    server.listen(port, '0.0.0.0')
  })
