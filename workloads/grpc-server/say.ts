// Decides what a request to Say costs: a slot for the service time, a wait in the queue, or a refusal.
import { setTimeout as serviceTimer } from 'node:timers/promises'
import { status } from '@grpc/grpc-js'
import type { handleUnaryCall } from '@grpc/grpc-js'
import type { SayReply, SayRequest } from '../echo/methods.ts'
import type { Settings } from './environment.ts'
import { ServiceQueue } from './service-queue.ts'

/**
 * Handles `lab.Echo/Say` with one queue for all connections.
 * A request cancelled in the queue leaves it; one cancelled while served keeps its slot, as real work would.
 */
export const handleSay = (settings: Settings): handleUnaryCall<SayRequest, SayReply> => {
  const queue = new ServiceQueue(settings)
  const refusal = { code: status.RESOURCE_EXHAUSTED, details: refusalDetails(settings) }
  return (call, reply) => {
    const admission = queue.enter(async () => {
      await serviceTimer(settings.serviceTimeMs)
      reply(null, { pod: settings.pod })
    })
    if (admission.kind === 'rejected') reply(refusal)
    if (admission.kind === 'queued') call.once('cancelled', admission.leave)
  }
}

const refusalDetails = ({ pod, concurrency, queueLimit }: Settings): string =>
  `Pod ${pod} serves ${concurrency} requests and queues ${queueLimit} more; all places are taken. ` +
  'Send less to this pod, or raise CONCURRENCY or QUEUE_LIMIT.'
