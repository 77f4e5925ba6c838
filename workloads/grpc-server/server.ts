// Decides how the server listens, how long its connections live, and how it stops.
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { healthMethod, sayMethod } from '../echo/methods.ts'
import type { RunningServer } from '../service/running-server.ts'
import type { Settings } from './environment.ts'
import { handleHealth } from './health.ts'
import { handleSay } from './say.ts'

// Longer than any wait in the queue that a client would sit out, so that ageing never cuts a request off.
const connectionGraceMs = 10_000
const shutdownGraceMs = 1000

/** Listens on every IPv4 address of the pod. Rejects when the port is taken. */
export const startServer = async (settings: Settings): Promise<RunningServer> => {
  // Channelz stays on: without it, forceShutdown of grpc-js 1.14.7 knows no session and cuts nothing.
  const server = new Server({ 'grpc.enable_channelz': 1, ...connectionAge(settings) })
  server.addService({ Say: sayMethod }, { Say: handleSay(settings) })
  server.addService({ Check: healthMethod }, { Check: handleHealth })
  const port = await listen(server, settings.port)
  return { port, stop: () => stop(server) }
}

const connectionAge = ({ maxConnectionAgeMs }: Settings): Record<string, number> => {
  if (maxConnectionAgeMs === 0) return {}
  return {
    'grpc.max_connection_age_ms': maxConnectionAgeMs,
    'grpc.max_connection_age_grace_ms': connectionGraceMs,
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`0.0.0.0:${port}`, ServerCredentials.createInsecure(), (error, boundPort) => {
      if (error === null) resolve(boundPort)
      else reject(error)
    })
  })

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(() => {
      server.forceShutdown()
      resolve()
    }, shutdownGraceMs).unref()
    server.tryShutdown(() => resolve())
  })
