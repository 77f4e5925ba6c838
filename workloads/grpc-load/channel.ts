// Decides what a channel to the target is, and how one request travels on it.
import { Client, credentials, status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import { sayMethod } from '../echo/methods.ts'
import type { SayReply } from '../echo/methods.ts'
import type { Outcome } from '../open-loop/record.ts'
import type { Balancing } from './flags.ts'

/** Opens a channel which shares its connections with no other. */
export const openChannel = (address: string, balancing: Balancing): Client => {
  return new Client(address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ [balancing]: {} }] }),
    // The service config above is the only one: no TXT lookup may change it.
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_http_proxy': 0,
    'grpc.enable_channelz': 0,
  })
}

/** Calls `lab.Echo/Say` with a deadline counted from now. */
export const sayOn = (channel: Client, sequence: number, deadlineMs: number): Promise<Outcome> => {
  const { path, requestSerialize, responseDeserialize } = sayMethod
  const deadline = Date.now() + deadlineMs
  return new Promise((resolve) => {
    const end = (error: ServiceError | null, reply?: SayReply): void => resolve(outcomeOf(error, reply))
    channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, { sequence }, { deadline }, end)
  })
}

const outcomeOf = (error: ServiceError | null, reply: SayReply | undefined): Outcome => {
  if (error !== null) return { kind: 'failed', statusName: status[error.code] }
  if (reply === undefined) return { kind: 'failed', statusName: 'EMPTY_REPLY' }
  return { kind: 'completed', pod: reply.pod }
}
