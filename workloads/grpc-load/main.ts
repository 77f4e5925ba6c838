// Decides what makes the load client one of gRPC.
import { runClient } from '../open-loop/run.ts'
import { connectionPerRequest } from './connection-per-request.ts'
import { readFlags } from './flags.ts'
import { openConnections } from './shared-connections.ts'
import { usage } from './usage.ts'
import { allowXds } from './xds.ts'

runClient({
  usage,
  readFlags,
  connect: async (flags) => {
    await allowXds(flags.target)
    return flags.connectionPerRequest ? { count: 0, say: connectionPerRequest(flags) } : openConnections(flags)
  },
})
