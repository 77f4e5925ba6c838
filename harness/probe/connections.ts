// Established connections at each serving pod, read from the pod's own /proc/net/tcp before any request is sent.
import * as z from 'zod'
import { runInPod } from '../kube/exec.ts'
import { defineProbe } from './probe.ts'
import type { ProbeContext } from './probe.ts'
import { runningPods } from './pods.ts'

export const probe = defineProbe({
  options: z.strictObject({ port: z.int() }),
  metrics: () => ({
    connections: { unit: 'connections', combined: 'median', observation: 'trial' },
    pods_with_connections: { unit: 'pods', combined: 'median', observation: 'trial' },
  }),
  start: async (context, { port }) => {
    const peers = await podNamesByAddress(context)
    const found = await Promise.all(context.pods.map(async (pod) => ({ pod, from: await connectionsFrom(context, pod, port, peers) })))
    const counts = found.map(({ from }) => from.length)
    const metrics = { connections: counts.reduce((sum, count) => sum + count, 0), pods_with_connections: counts.filter((count) => count > 0).length }
    return { proof: [sentence(found, port)], end: async () => ({ metrics }) }
  },
})

interface Found { readonly pod: string; readonly from: readonly string[] }

const sentence = (found: readonly Found[], port: number): string => {
  const each = found.map(({ pod, from }) => `${pod} ${from.length}${from.length > 0 ? ` (from ${from.join(', ')})` : ''}`)
  return `/proc/net/tcp before the load, established on port ${port}: ${each.join(' · ')}`
}

const podNamesByAddress = async ({ kube, namespace }: ProbeContext): Promise<ReadonlyMap<string, string>> => {
  const pods = await runningPods(kube, namespace, '')
  return new Map(pods.map((pod) => [pod.status?.podIP ?? '', pod.metadata?.name ?? '']))
}

/** Names of the namespace's pods at the other end; the kubelet's own checks are not among them. */
const connectionsFrom = async (context: ProbeContext, pod: string, port: number, peers: ReadonlyMap<string, string>): Promise<string[]> => {
  const at = { namespace: context.namespace, pod, container: '' }
  const table = await runInPod(context.kube, at, ['cat', '/proc/net/tcp', '/proc/net/tcp6'], context.signal)
  return establishedPeers(table, port).map((address) => peers.get(address)).filter((name) => name !== undefined)
}

/** Remote IPv4 addresses of established connections to a local port, from the text of /proc/net/tcp and tcp6. */
export const establishedPeers = (table: string, port: number): string[] => table.split('\n').flatMap((line) => {
  const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/)
  const isOurs = state === '01' && Number.parseInt(local.split(':')[1] ?? '', 16) === port // 01: TCP_ESTABLISHED
  return isOurs ? [ipv4(remote.split(':')[0] ?? '')] : []
})

/** The last 4 bytes of a little-endian hexadecimal address: IPv4 itself, or IPv4 mapped into IPv6. */
const ipv4 = (hexadecimal: string): string => {
  const bytes = hexadecimal.slice(-8).match(/../g) ?? []
  return bytes.reverse().map((byte) => Number.parseInt(byte, 16)).join('.')
}
