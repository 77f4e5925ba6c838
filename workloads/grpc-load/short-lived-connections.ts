// Decides the mode in which connections are short-lived: when each opens, and when it ends.
import type { Client } from '@grpc/grpc-js'
import type { Say } from '../open-loop/load.ts'
import { openChannel, sayOn } from './channel.ts'
import type { Flags } from './flags.ts'
import { inTurn } from './in-turn.ts'

type Where = Pick<Flags, 'target' | 'deadlineMs' | 'connections' | 'requestsPerConnection'>

/**
 * Keeps so many connections in rotation and replaces each after its requests.
 * A connection opens with its first request, whose latency includes the set-up, and is closed after its last reply.
 */
export const shortLivedConnections = (where: Where): Say => {
  const places = Array.from({ length: where.connections }, (_, place) => oneAfterAnother(where, quotaOfFirst(place, where)))
  return inTurn(places)
}

interface Connection {
  readonly channel: Client
  unsent: number
  unanswered: number
}

const oneAfterAnother = ({ target, deadlineMs, requestsPerConnection }: Where, firstQuota: number): Say => {
  const open = (requests: number): Connection => ({
    channel: openChannel(target.address, 'pick_first'),
    unsent: requests,
    unanswered: requests,
  })
  let current: Connection | undefined
  return async (sequence) => {
    if (current === undefined) current = open(firstQuota)
    else if (current.unsent === 0) current = open(requestsPerConnection)
    const connection = current
    connection.unsent -= 1
    const outcome = await sayOn(connection.channel, sequence, deadlineMs)
    connection.unanswered -= 1
    if (connection.unanswered === 0) connection.channel.close()
    return outcome
  }
}

// The first connections open right after each other. They have different numbers of requests, so that they do not end
// together: from then on about every Nth request of the load opens a connection.
const quotaOfFirst = (place: number, { connections, requestsPerConnection }: Where): number => {
  const pace = Math.max(1, requestsPerConnection / connections)
  return Math.floor(place * pace) % requestsPerConnection || requestsPerConnection
}
