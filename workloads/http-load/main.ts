// Decides what makes the load client one of HTTP/1.1.
import { runClient } from '../open-loop/run.ts'
import { openConnections } from './connections.ts'
import { readFlags } from './flags.ts'
import { sendGet } from './send-get.ts'
import { usage } from './usage.ts'

runClient({
  usage,
  readFlags,
  connect: async (flags) =>
    flags.connectionPerRequest ? { count: 0, say: () => sendGet(flags, false, flags.deadlineMs) } : openConnections(flags),
})
