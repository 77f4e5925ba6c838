// Decides what --help says.

/** Every flag with its unit and default. */
export const usage = `Usage: grpc-load --target HOST:PORT --rate N --duration TIME [flags]

Sends lab.Echo/Say at a fixed rate, whatever the server does (open loop).
Prints a "connected" line, waits for a line "go" on stdin, then prints a "result" line.

  --target ADDRESS          host:port or dns:///host:port
  --rate N                  requests a second, evenly spaced
  --duration TIME           length of the measured window
  --warmup TIME             sent before the window and discarded (default 0s)
  --deadline TIME           per request, from its actual send (default 2s)
  --connections N           real connections, used in turn (default 1)
  --balancing POLICY        pick_first or round_robin, within each connection's channel (default pick_first)
  --connection-per-request  a new connection for each request, closed after it
  --outstanding-limit N     unanswered requests beyond which a due one is counted as notSent (default 5000)
  --help                    print this

TIME is a number with a unit: 500ms, 10s, 1m.
Flags in the environment variable LOAD_FLAGS, separated by spaces, come before those of the command line, which win.
`
