// Whether an engine runs or can be started; and limits of a running engine that the lab cannot work with.
import type { Finding } from '../../provider.ts'
import { missingCapabilities } from '../capabilities.ts'
import { isRemote } from '../docker.ts'
import type { Docker } from '../docker.ts'
import { canStartEngine } from '../engine.ts'
import type { Here, Machine } from '../machine.ts'
import { ownEndpoint } from '../own-engine.ts'
import { installCommand } from './debian.ts'

export const engine = async (docker: Docker, machine: Machine, { platform }: Here): Promise<Finding> => {
  const onMac = platform === 'darwin'
  if (isRemote(docker))
    return {
      name: 'remote engine',
      state: 'missing',
      found: `Docker is configured at ${docker.endpoint}`,
      why: "kind opens the API server's port only on the engine's machine, so this machine cannot reach it",
      next: 'run the lab on that machine; or use an engine on this one: `unset DOCKER_HOST DOCKER_CONTEXT; docker context use default`',
    }
  if (docker.podman)
    return {
      name: 'Podman',
      state: 'missing',
      found: 'the engine is Podman, not Docker',
      why: "the lab uses features that only Docker's engine has, to build images and create nodes",
      next: onMac ? startOnMac : 'install and start Docker beside it, without the package podman-docker',
    }
  const name = 'Docker engine'
  const why = "kind runs the cluster's nodes as containers"
  if (docker.engine) {
    const { version, os, architecture, containerdStore } = docker.engine
    const found = [
      `${version}, answers; ${os}, ${architecture}`,
      ...(docker.endpoint === ownEndpoint ? [`started by the lab, at ${ownEndpoint}`] : []),
      ...(containerdStore ? ['image store of containerd'] : []),
      ...(machine.isHere
        ? []
        : ['on another (virtual) machine: the guard against other load cannot see the load of this computer']),
    ]
    return { name, state: 'ok', found: found.join('; ') }
  }
  if (/permission denied/i.test(docker.complaint))
    return {
      name,
      state: 'missing',
      found: 'permission denied for this user',
      why,
      next: '`sudo usermod -aG docker $USER`, then log in again',
    }
  if (await canStartEngine())
    return ['', usualEndpoint, ownEndpoint].includes(docker.endpoint)
      ? { name, state: 'ok', found: 'not running; the lab can start one (dockerd is installed)' }
      : {
          name,
          state: 'missing',
          found: `no answer at ${docker.endpoint}`,
          why: `Docker is configured there, but the lab starts an engine at ${ownEndpoint}`,
          next: 'start that engine; or `unset DOCKER_HOST DOCKER_CONTEXT; docker context use default`, and the lab starts its own',
        }
  return {
    name,
    state: 'missing',
    found: 'Docker is not running, and this user cannot start it',
    why,
    next: onMac ? startOnMac : `${await startOnLinux(docker)}; or as root on Debian \`make setup\`, and the lab starts its own`,
  }
}

/** Docker's default endpoint. */
const usualEndpoint = 'unix:///var/run/docker.sock'

const startOnMac = 'start Docker Desktop; or `brew install docker colima`, then `colima start --cpu 4 --memory 8 --disk 60`'

/** No output means that the program does not exist. */
const startOnLinux = async ({ complaint }: Docker): Promise<string> =>
  complaint === '' ? `install Docker: ${await installCommand('docker.io')}` : 'start Docker: `sudo systemctl start docker`'

/** Limits of a running engine that the lab cannot work with. */
export const confinement = ({ engine: found }: Docker): Finding[] => {
  if (!found) return []
  const { rootless, cgroup, limits, rootDir } = found
  const findings: Finding[] = []
  if (rootless && (cgroup === 'v1' || !limits))
    findings.push({
      name: 'rootless',
      state: 'missing',
      found: cgroup === 'v1' ? 'on cgroup v1' : 'it may not limit CPU time, memory and processes of containers',
      why: 'kind cannot create a cluster there',
      next:
        cgroup === 'v1'
          ? 'use an engine that runs as root, or boot with `systemd.unified_cgroup_hierarchy=1`'
          : 'use an engine that runs as root; or set `Delegate=yes` for user@.service of systemd and log in again',
    })
  else if (rootless)
    findings.push({ name: 'rootless', state: 'warning', found: 'no nodes of size small-memory', ...noSmallMemory })
  if (rootDir.startsWith('/var/snap/docker'))
    findings.push({
      name: 'snap',
      state: 'warning',
      found: `Docker is a snap: its data lies in ${rootDir}`,
      why: 'a snap cannot read hidden folders or folders outside your home, and the lab builds images from files in the cache',
      next: "use Docker's own packages, or set LAB_CACHE and LAB_STATE to folders in your home whose paths have no leading dots",
    })
  return findings
}

/** Why nodes of a rootless engine cannot have the size small-memory. */
export const noSmallMemory = {
  why: 'in a user namespace, a file mounted over /proc/meminfo prevents containers from mounting their own /proc: no pod would start on such a node',
  next: 'use an engine that runs as root, such as with `docker context use default`; `lab run --all` skips what needs such nodes',
}

export const capabilities = async ({ root }: Here): Promise<Finding> => {
  const lacking = await missingCapabilities(root)
  return {
    name: 'capabilities',
    state: 'ok',
    found:
      lacking.length === 0 ? 'complete' : `bounding set lacks ${lacking.join(', ')}; an engine the lab starts works around it`,
  }
}
