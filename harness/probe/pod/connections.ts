// Connections between pods, from the pods' own /proc/net/tcp: before the first request, where they show the fault, and after
// the load, when the client's process is gone and only a proxy's connections remain.
import type { V1Container, V1Pod } from '@kubernetes/client-node'
import * as z from 'zod'
import { runInPod } from '../../kube/exec.ts'
import { defineProbe } from '../kit/probe.ts'
import type { ProbeContext } from '../kit/probe.ts'
import { runningPods } from '../kit/pods.ts'

export const probe = defineProbe({
  /** `port`: where the serving pods listen; `client`: label selector of the pod the load comes from. */
  options: z.strictObject({ port: z.int(), client: z.string() }),
  metrics: () => ({
    connections_before_load: {
      label: 'connections before the load',
      meaning: 'connections that were open when the first request was about to be sent',
      unit: 'connections',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
    connected_pods_before_load: {
      label: 'connected pods before the load',
      meaning: 'server pods that held a connection when the first request was about to be sent',
      unit: 'pods',
      counts: true,
      combined: 'median',
      observation: 'trial',
    },
  }),
  start: async (context, options) => {
    const before = await look(context, options)
    const counts = before.servers.map(({ from }) => from.length)
    const metrics = {
      connections_before_load: counts.reduce((sum, count) => sum + count, 0),
      connected_pods_before_load: counts.filter((count) => count > 0).length,
    }
    return {
      proof: sentences(before, options.port, 'before the load'),
      end: async () => ({ metrics, proof: sentences(await look(context, options), options.port, 'after it') }),
    }
  },
})

interface Found {
  /** Peer names of each server pod. */
  readonly servers: readonly { readonly pod: string; readonly from: readonly string[] }[]
  /** Peers of the client's pod, by user of the process; null: no such pod. */
  readonly client: { readonly pod: string; readonly to: readonly { readonly user: string; readonly name: string }[] } | null
}

const look = async (context: ProbeContext, { port, client }: { port: number; client: string }): Promise<Found> => {
  const names = await namesByAddress(context)
  const [pod] = await runningPods(context.kube, context.namespace, client)
  const [servers, connections] = await Promise.all([
    Promise.all(
      context.pods.map(async (name) => {
        const own = (await read(context, name)).filter(({ localPort }) => localPort === port)
        return { pod: name, from: own.flatMap(({ remote }) => names.get(remote) ?? []) }
      }),
    ),
    pod ? read(context, pod.metadata?.name ?? '') : [],
  ])
  if (!pod) return { servers, client: null }
  const to = connections.flatMap(({ user, remote, remotePort }) => {
    const name = remote === pod.status?.podIP ? undefined : names.get(remote)
    return name ? [{ user: userWords(pod, user), name: `${name}:${remotePort}` }] : []
  })
  return { servers, client: { pod: pod.metadata?.name ?? '', to } }
}

const sentences = ({ servers, client }: Found, port: number, when: string): string[] => {
  const each = servers.map(
    ({ pod, from }) => `${pod} ${from.length}${from.length > 0 ? ` (from ${[...new Set(from)].join(', ')})` : ''}`,
  )
  const ofServers = `/proc/net/tcp ${when}, established on port ${port}: ${each.join(' · ')}`
  if (!client) return [ofServers]
  const users = [...new Set(client.to.map(({ user }) => user))].toSorted()
  const ofEach = users.map((user) => `${user}: ${counted(client.to.filter((to) => to.user === user).map(({ name }) => name))}`)
  return [ofServers, `/proc/net/tcp ${when}, opened by ${client.pod}: ${ofEach.join(' · ') || 'none'}`]
}

/** Distinct names with their counts. */
const counted = (names: readonly string[]): string =>
  [...new Set(names)]
    .toSorted()
    .map((name) => `${names.filter((each) => each === name).length} to ${name}`)
    .join(', ')

/** A user of the pod, and the containers that run as it. */
const userWords = ({ spec }: V1Pod, user: number): string => {
  const containers: V1Container[] = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]
  const names = containers
    .filter(({ securityContext }) => (securityContext?.runAsUser ?? spec?.securityContext?.runAsUser) === user)
    .map(({ name }) => name)
  return `user ${user}${names.length > 0 ? ` (${names.join(', ')})` : ''}`
}

/** Pods and Services of the arm and of its add-ons. The kubelet's own checks come from none of them. */
const namesByAddress = async ({ kube, namespace, addOns }: ProbeContext): Promise<ReadonlyMap<string, string>> => {
  const found = await Promise.all(
    [namespace, ...addOns].map(async (place) => {
      const pods = (await runningPods(kube, place, '')).map(({ metadata, status }) => [status?.podIP, metadata?.name] as const)
      const services = (await kube.core.listNamespacedService({ namespace: place })).items
      return [...pods, ...services.map(({ metadata, spec }) => [spec?.clusterIP, `service ${metadata?.name}`] as const)]
    }),
  )
  return new Map(found.flat().map(([address, name]) => [address ?? '', name ?? '']))
}

const read = async ({ kube, namespace, signal }: ProbeContext, pod: string): Promise<Connection[]> =>
  establishedConnections(
    await runInPod(kube, { namespace, pod, container: '' }, ['cat', '/proc/net/tcp', '/proc/net/tcp6'], signal),
  )

export interface Connection {
  readonly localPort: number
  /** IPv4 address. */
  readonly remote: string
  readonly remotePort: number
  /** UID of the socket's owner. */
  readonly user: number
}

/** From the text of /proc/net/tcp and tcp6. */
export const establishedConnections = (table: string): Connection[] =>
  table.split('\n').flatMap((line) => {
    const [, local = '', remote = '', state, , , , user] = line.trim().split(/\s+/)
    if (state !== '01') return [] // TCP_ESTABLISHED
    return [{ localPort: portOf(local), remote: ipv4(remote), remotePort: portOf(remote), user: Number(user) }]
  })

const portOf = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16)

/** The last 4 bytes of a little-endian hexadecimal address: IPv4 itself, or IPv4 mapped into IPv6. */
const ipv4 = (address: string): string => {
  const bytes = (address.split(':')[0] ?? '').slice(-8).match(/../g) ?? []
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')
}
