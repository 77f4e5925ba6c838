// Checks whether this machine has what a cluster needs. Each finding says why it matters and what to do.
import { catalogue } from '../../../../kind-configs/kubernetes.ts'
import type { Kubernetes } from '../../../../kind-configs/kubernetes.ts'
import { LabError } from '../../../model/lab-error.ts'
import type { Finding } from '../../provider.ts'
import { lookAtDocker } from '../docker.ts'
import { chooseRoute, unbuilt } from '../images.ts'
import { here, readMachine } from '../machine.ts'
import type { Here } from '../machine.ts'
import { disks, smallDisks } from './disks.ts'
import { capabilities, confinement, engine } from './docker-engine.ts'
import { cgroups, inotify, memory } from './limits.ts'
import { ports } from './ports.ts'
import { routeFinding } from './route.ts'
import { tools } from './tools.ts'

interface Asked {
  readonly offline: boolean
  /** Images that manifests will name; undefined: all except those of add-ons. */
  readonly images?: readonly string[]
  /** Of the cluster; undefined: the default. */
  readonly kubernetes?: Kubernetes
}

export const examine = async (
  { offline, images, kubernetes = catalogue[0] }: Asked,
  from: Here = here,
): Promise<readonly Finding[]> => {
  const [docker, route] = await Promise.all([lookAtDocker(), chooseRoute(offline)])
  const machine = await readMachine(docker, from)
  const toBuild = route === 'offline' ? await unbuilt(kubernetes, images) : []
  const isKnown = docker.engine !== null || from.platform === 'linux'
  return [
    await engine(docker, machine, from),
    ...confinement(docker),
    await capabilities(from),
    routeFinding(route, offline, toBuild, from),
    ...(await tools(toBuild, kubernetes.leastGo, docker, from)),
    ...(await disks(route, docker, machine)),
    ...(isKnown ? [memory(machine), ...inotify(machine), cgroups(machine), await smallDisks(docker, machine, from)] : []),
  ]
}

/** Throws before anything is created, and names everything that is missing. `shape`: of the cluster to create. */
export const requireFitMachine = async ({ shape, ...asked }: Asked & { readonly shape: string | undefined }): Promise<void> => {
  const missing = [...(await examine(asked)), ...(shape ? await ports(shape) : [])].filter(
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
    next: 'fix the findings above; `lab doctor` shows all checks',
  })
}
