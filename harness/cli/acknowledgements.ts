// Texts about acknowledgements: how a valid one is shown, and the file format for --help.
import type { Acknowledged } from '../diff/acknowledged.ts'
import { oneLine } from '../report/write/one-line.ts'

/** End date and reason of the acknowledgement; empty when there is none. */
export const acknowledgedWords = (acknowledged: Acknowledged): string =>
  acknowledged ? `acknowledged until ${acknowledged.until}: ${oneLine(acknowledged.reason)}` : ''

/** Lines of --help that show an example. */
export const acknowledgements = `
An acknowledged change is shown but is no regression until the end of its last day; it counts again for runs that begin later:
  - scenario: http2-hot-pod
    arm: l7-proxy
    what: latency_p99            # or verdict; without it, whatever gets worse of the arm
    reason: Envoy checks certificates now
    until: 2026-12-31`
