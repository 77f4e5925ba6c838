// Decides what makes the load client one of gRPC.
import { runClient } from '../open-loop/run.ts'
import { readFlags } from './flags.ts'
import { openConnections } from './shared-connections.ts'
import { shortLivedConnections } from './short-lived-connections.ts'
import { usage } from './usage.ts'
import { allowXds } from './xds.ts'

runClient({
  usage,
  readFlags,
  connect: async (flags) => {
    await allowXds(flags.target)
    if (flags.requestsPerConnection === Infinity) return openConnections(flags)
    return { count: 0, say: shortLivedConnections(flags) }
  },
})
