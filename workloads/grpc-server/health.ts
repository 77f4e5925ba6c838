// Decides what a health check hears: SERVING, for as long as the process accepts connections.
import { status } from '@grpc/grpc-js'
import type { handleUnaryCall } from '@grpc/grpc-js'
import type { HealthReply, HealthRequest } from '../echo/methods.ts'

const knownServices = ['', 'lab.Echo']

/** Handles `grpc.health.v1.Health/Check` outside the queue: a busy server is still healthy. */
export const handleHealth: handleUnaryCall<HealthRequest, HealthReply> = (call, reply) => {
  const { service } = call.request
  if (knownServices.includes(service)) {
    reply(null, { status: 'SERVING' })
    return
  }
  reply({ code: status.NOT_FOUND, details: `There is no service '${service}'. Ask about '' or 'lab.Echo'.` })
}
