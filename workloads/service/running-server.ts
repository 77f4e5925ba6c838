// Decides how a service's process says that it has started, and leaves when it is asked to.
import { log } from './log.ts'

/** A server which listens. */
export interface RunningServer {
  /** The port in use; it differs from the settings only when they say 0. */
  readonly port: number
  /** Accepts nothing more, gives requests under way 1 s, then cuts every connection. */
  readonly stop: () => Promise<void>
}

/** SIGTERM and SIGINT stop the server and end the process with 0. Both are heard before it says that it has started. */
export const serveUntilSignal = (server: RunningServer, pod: string, facts: object): void => {
  const stop = async (signal: string): Promise<void> => {
    await server.stop()
    log('stopped', { pod, signal })
    process.exit(0)
  }
  process.once('SIGTERM', (signal) => void stop(signal))
  process.once('SIGINT', (signal) => void stop(signal))
  log('started', { ...facts, port: server.port })
}
