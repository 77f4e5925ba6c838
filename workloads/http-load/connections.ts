// Decides how requests share long-lived connections: each takes the one that was free longest, or waits in line for one.
import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { connectDeadlineMs, openSocket } from '../open-loop/open-socket.ts'
import type { Connections } from '../open-loop/run.ts'
import type { Flags } from './flags.ts'
import { deadlineExceeded, sendGet } from './send-get.ts'

/** Opens the connections and waits for all of them, 10 s at most. One which is lost is opened again by the next request on it. */
export const openConnections = async (flags: Flags): Promise<Connections> => {
  const deadline = Date.now() + connectDeadlineMs
  const opening = Array.from({ length: flags.connections }, () => openSocket(flags.target, deadline))
  const line = lineFor((await Promise.all(opening)).map(agentOn))
  return {
    count: flags.connections,
    say: async () => {
      const startMs = performance.now()
      const agent = await line.take(flags.deadlineMs)
      if (agent === undefined) return deadlineExceeded
      const outcome = await sendGet(flags, agent, flags.deadlineMs - (performance.now() - startMs))
      line.giveBack(agent)
      return outcome
    },
  }
}

// An agent keeps its connection from request to request; one agent a connection, so that the line alone decides who gets which.
const agentOn = (socket: Socket): Agent => {
  const agent = new Agent({ keepAlive: true })
  const createConnection = agent.createConnection.bind(agent)
  let unused: Socket | undefined = socket
  agent.createConnection = (options, callback) => {
    const opened = unused
    unused = undefined
    return opened === undefined || opened.destroyed ? createConnection(options, callback) : opened
  }
  return agent
}

const lineFor = (agents: readonly Agent[]) => {
  const free = [...agents]
  const waiting = new Set<(agent: Agent) => void>()
  return {
    /** Undefined when none became free in time. */
    take: async (timeoutMs: number): Promise<Agent | undefined> =>
      free.shift() ??
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(proceed)
          resolve(undefined)
        }, timeoutMs)
        const proceed = (agent: Agent): void => {
          clearTimeout(timer)
          resolve(agent)
        }
        waiting.add(proceed)
      }),
    giveBack: (agent: Agent): void => {
      const [next] = waiting
      if (next === undefined) {
        free.push(agent)
        return
      }
      waiting.delete(next)
      next(agent)
    },
  }
}
