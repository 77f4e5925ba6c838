// Decides what makes the load client one of HTTP/1.1.
import { runClient } from '../open-loop/run.ts'
import { openConnections } from './connections.ts'
import { readFlags } from './flags.ts'
import { locate } from './locate.ts'
import { sendGet } from './send-get.ts'
import { usage } from './usage.ts'

runClient({
  usage,
  readFlags,
  connect: async (flags) => {
    const located = { ...flags, target: await locate(flags.target) }
    return flags.connectionPerRequest
      ? { count: 0, say: () => sendGet(located, false, flags.deadlineMs) }
      : openConnections(located)
  },
})
