// Decides what --help says.
import { usageOf } from '../open-loop/flags/flags.ts'
import { flagTable } from './flags.ts'

/** Every flag with its unit and default. */
export const usage = `Usage: grpc-load --target HOST:PORT --rate N --duration TIME [flags]

Sends lab.Echo/Say at a fixed rate, whatever the server does (open loop).
Prints a "connected" line, waits for a line "go" on stdin, then prints a "result" line.

${usageOf(flagTable)}
TIME is a number with a unit: 500ms, 10s, 1m.
Flags in the environment variable LOAD_FLAGS, separated by spaces, come before those of the command line, which win.
`
