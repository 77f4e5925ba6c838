// Decides how a measurement of capacity runs: read the flags, send, print the result.
import { print, runWithFlags } from '../open-loop/flags/command-line.ts'
import { usageOf } from '../open-loop/flags/flags.ts'
import { measureCapacity } from './capacity.ts'
import { flagTable, readFlags } from './flags.ts'

const usage = `Usage: http-capacity --target HOST:PORT --duration TIME [flags]

Sends GET requests over HTTP/1.1 as fast as they are answered (closed loop), and prints a "result" line.

${usageOf(flagTable)}
TIME is a number with a unit: 500ms, 10s, 1m.
Flags in the environment variable CAPACITY_FLAGS, separated by spaces, come before those of the command line, which win.
`

runWithFlags({
  variable: 'CAPACITY_FLAGS', // LOAD_FLAGS of the same pod are those of a load client
  usage,
  readFlags,
  run: async (flags) => {
    await print(await measureCapacity(flags))
    process.exit(0)
  },
})
