// What --help says of a file of acknowledgements.

/** Lines that show one. */
export const acknowledgements = `
What is acknowledged is shown and is no regression, until the end of its last day; it counts again for runs that begin later:
  - scenario: http2-hot-pod
    arm: l7-proxy
    what: latency_p99            # or verdict; without it, whatever gets worse of the arm
    reason: Envoy checks certificates now
    until: 2026-12-31`
