// Established connections at each serving pod, read from the pod's own /proc/net/tcp: before the first request is sent,
// when they show the fault, and after the load, when the client is gone and what a proxy keeps open remains.
import * as z from 'zod'
import { runInPod } from '../kube/exec.ts'
import { defineProbe } from './probe.ts'
import type { ProbeContext } from './probe.ts'
import { runningPods } from './pods.ts'

export const probe = defineProbe({
  options: z.strictObject({ port: z.int() }),
  metrics: () => ({
    connections_before_load: { unit: 'connections', combined: 'median', observation: 'trial' },
    connected_pods_before_load: { unit: 'pods', combined: 'median', observation: 'trial' },
  }),
  start: async (context, { port }) => {
    const before = await look(context, port)
    const counts = before.map(({ from }) => from.length)
    const metrics = {
      connections_before_load: counts.reduce((sum, count) => sum + count, 0),
      connected_pods_before_load: counts.filter((count) => count > 0).length,
    }
    return {
      proof: [sentence(before, port, 'before the load')],
      end: async () => ({ metrics, proof: [sentence(await look(context, port), port, 'after it')] }),
    }
  },
})

interface Found {
  readonly pod: string
  readonly from: readonly string[]
}

const look = async (context: ProbeContext, port: number): Promise<Found[]> => {
  const peers = await podNamesByAddress(context)
  return Promise.all(context.pods.map(async (pod) => ({ pod, from: await connectionsFrom(context, pod, port, peers) })))
}

const sentence = (found: readonly Found[], port: number, when: string): string => {
  const each = found.map(({ pod, from }) => `${pod} ${from.length}${from.length > 0 ? ` (from ${from.join(', ')})` : ''}`)
  return `/proc/net/tcp ${when}, established on port ${port}: ${each.join(' · ')}`
}

const podNamesByAddress = async ({ kube, namespace }: ProbeContext): Promise<ReadonlyMap<string, string>> => {
  const pods = await runningPods(kube, namespace, '')
  return new Map(pods.map((pod) => [pod.status?.podIP ?? '', pod.metadata?.name ?? '']))
}

/** Names of the namespace's pods at the other end; the kubelet's own checks are not among them. */
const connectionsFrom = async (
  context: ProbeContext,
  pod: string,
  port: number,
  peers: ReadonlyMap<string, string>,
): Promise<string[]> => {
  const at = { namespace: context.namespace, pod, container: '' }
  const table = await runInPod(context.kube, at, ['cat', '/proc/net/tcp', '/proc/net/tcp6'], context.signal)
  return establishedPeers(table, port)
    .map((address) => peers.get(address))
    .filter((name) => name !== undefined)
}

/** Remote IPv4 addresses of established connections to a local port, from the text of /proc/net/tcp and tcp6. */
export const establishedPeers = (table: string, port: number): string[] =>
  table.split('\n').flatMap((line) => {
    const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/)
    const isOurs = state === '01' && Number.parseInt(local.split(':')[1] ?? '', 16) === port // 01: TCP_ESTABLISHED
    return isOurs ? [ipv4(remote.split(':')[0] ?? '')] : []
  })

/** The last 4 bytes of a little-endian hexadecimal address: IPv4 itself, or IPv4 mapped into IPv6. */
const ipv4 = (hexadecimal: string): string => {
  const bytes = hexadecimal.slice(-8).match(/../g) ?? []
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')
}
