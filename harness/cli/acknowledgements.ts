// What is said of acknowledgements: of one that holds, and in --help of a file of them.
import type { Acknowledged } from '../diff/acknowledged.ts'
import { oneLine } from '../report/write/one-line.ts'

/** Until when, and why; empty: nobody acknowledged it. */
export const acknowledgedWords = (acknowledged: Acknowledged): string =>
  acknowledged ? `acknowledged until ${acknowledged.until}: ${oneLine(acknowledged.reason)}` : ''

/** Lines that show one. */
export const acknowledgements = `
What is acknowledged is shown and is no regression, until the end of its last day; it counts again for runs that begin later:
  - scenario: http2-hot-pod
    arm: l7-proxy
    what: latency_p99            # or verdict; without it, whatever gets worse of the arm
    reason: Envoy checks certificates now
    until: 2026-12-31`
