// Decides when a round_robin channel is connected to every address behind its target.
import { promises as dns } from 'node:dns'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@grpc/grpc-js'
import { healthMethod } from '../echo/methods.ts'
import type { Target } from '../open-loop/target.ts'

const pauseMs = 50

/**
 * Sends health checks until each address has answered one, and returns how many there are.
 * A channel reports READY at its first connection and does not report the others, but a reply names its peer.
 * Rejects at the deadline (ms since the epoch) with the addresses which stayed silent.
 */
export const reachEveryPeer = async (channel: Client, target: Target, deadline: number): Promise<number> => {
  const silent = await resolvePeers(target)
  const count = silent.size
  while (silent.size > 0) {
    if (Date.now() > deadline) throw new Error(silenceMessage(target, silent))
    for (let turn = 0; turn < count; turn += 1) {
      silent.delete(await answeringPeer(channel, deadline))
    }
    if (silent.size > 0) await pause(pauseMs)
  }
  return count
}

const resolvePeers = async ({ host, port }: Target): Promise<Set<string>> => {
  const addresses = await dns.lookup(host, { all: true })
  const hosts = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address))
  return new Set(hosts.map((peerHost) => `${peerHost}:${port}`))
}

const answeringPeer = (channel: Client, deadline: number): Promise<string> => {
  const { path, requestSerialize, responseDeserialize } = healthMethod
  return new Promise((resolve) => {
    const answered = (error: Error | null): void => resolve(error === null ? call.getPeer() : 'nobody')
    const request = { service: '' }
    const call = channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, { deadline }, answered)
  })
}

const silenceMessage = ({ address }: Target, silent: ReadonlySet<string>): string =>
  `${[...silent].join(', ')} behind ${address} answered no health check. ` +
  'Check that each pod is ready and runs the echo server.'
