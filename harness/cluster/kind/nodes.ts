// The cluster's nodes as Docker containers: their state, and their logs.
import { docker } from '../../artifact/docker.ts'
import { listContainers } from './engine.ts'
import { clusterName } from './kind.ts'

export interface Node {
  /** The full id of its container. */
  readonly id: string
  readonly name: string
  readonly role: string
  /** As Docker reports it: running, paused, exited. */
  readonly state: string
  /** When its container was created. */
  readonly createdAt: string
}

export const nodes = async (): Promise<readonly Node[]> => {
  const format = '{{.Names}}\t{{.Label "io.x-k8s.kind.role"}}\t{{.State}}\t{{.ID}}\t{{.CreatedAt}}'
  const listed = await listContainers(`label=io.x-k8s.kind.cluster=${clusterName}`, format)
  return listed.map((line) => {
    const [name = '', role = '', state = '', id = '', created = ''] = line.split('\t')
    return { id, name, role, state, createdAt: created.replace(/ [A-Z]+$/, '') } // 2026-11-26 15:55:12 +0000 UTC
  })
}

/** Tells whether a text names the container of a node, as the cgroups of its processes do: `/docker/<id>` on v1, `docker-<id>.scope` on v2. */
export const nodeContainers = async (): Promise<(text: string) => boolean> => {
  const ids = (await nodes()).map(({ id }) => id)
  return (text) => ids.some((id) => text.includes(id))
}

/** The nodes workloads run on: in a one-node cluster the control plane, where kind then permits workloads. */
export const workers = (all: readonly Node[]): string[] => {
  const named = all.filter((node) => node.role === 'worker')
  return (named.length > 0 ? named : all).map((node) => node.name)
}

/** Resumes paused nodes; running ones stay unchanged. `up` calls it for nodes that a killed run left paused. */
export const wake = async (names: readonly string[]): Promise<void> => {
  const paused = (await nodes()).filter(({ name, state }) => state === 'paused' && names.includes(name))
  if (paused.length > 0) await docker(['unpause', ...paused.map(({ name }) => name)])
}

/** Why a node may not be ready: its container's state and the last log lines of its kubelet. */
export const nodeEvidence = async (): Promise<string[]> => {
  const lines: string[] = []
  for (const node of await nodes()) {
    lines.push(`node ${node.name}: container ${node.state}`)
    const log =
      node.state === 'running'
        ? await docker([
            'exec',
            node.name,
            'journalctl',
            '--unit',
            'kubelet',
            '--no-pager',
            '--output',
            'cat',
            '--lines',
            '5',
          ]).catch(String)
        : await docker(['logs', '--tail', '5', node.name]).catch(String)
    lines.push(
      ...log
        .split('\n')
        .filter(Boolean)
        .map((line) => `  ${line.slice(0, 300)}`),
    )
  }
  return lines
}
