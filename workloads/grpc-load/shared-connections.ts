// Decides the mode in which requests share long-lived connections, and when those count as connected.
import { promisify } from 'node:util'
import { connectivityState } from '@grpc/grpc-js'
import type { Client } from '@grpc/grpc-js'
import { connectDeadlineMs } from '../open-loop/open-socket.ts'
import type { Connections } from '../open-loop/run.ts'
import { openChannel, sayOn } from './channel.ts'
import type { Flags } from './flags.ts'
import { inTurn } from './in-turn.ts'
import { reachEveryPeer } from './peers.ts'

/**
 * Opens the channels and waits for all of them, 10 s at most; rejects with the state of the one which failed.
 * Under pick_first a ready channel is one connection; with an xds:/// target the control plane decides, and it is one at least. Under round_robin it is ready at its first connection,
 * so each channel must also be answered by every address behind the target.
 */
export const openConnections = async (flags: Flags): Promise<Connections> => {
  const { target, balancing, connections, deadlineMs } = flags
  const deadline = Date.now() + connectDeadlineMs
  const channels = Array.from({ length: connections }, () => openChannel(target.address, balancing))
  await Promise.all(channels.map((channel) => ready(channel, target.address, deadline)))
  const counts =
    balancing === 'pick_first'
      ? channels.map(() => 1)
      : await Promise.all(channels.map((channel) => reachEveryPeer(channel, target, deadline)))
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    say: inTurn(channels.map((channel) => (sequence) => sayOn(channel, sequence, deadlineMs))),
  }
}

const ready = async (channel: Client, address: string, deadline: number): Promise<void> => {
  try {
    await promisify(channel.waitForReady.bind(channel))(deadline)
  } catch (error) {
    const state = connectivityState[channel.getChannel().getConnectivityState(false)]
    throw new Error(
      `No connection to ${address} within ${connectDeadlineMs} ms; the channel is ${state}. ` +
        'Check that the name resolves and that a pod behind it is ready.',
      { cause: error },
    )
  }
}
