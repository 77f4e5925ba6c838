// Decides what may be done about the Lease: who holds it acts, and two never do.

/** Written into the Lease: so long after a renewal nobody else may take it. */
export const leaseDurationS = 6
/** Between two renewals of a holder. */
export const renewEveryMs = 2000
/** Between two looks of somebody who waits for it. */
export const lookEveryMs = 500
/** So long after the last renewal began, the holder of a Lease of that duration stops: a second before anybody else may begin. */
export const giveUpAfterMs = (durationS: number): number => durationS * 1000 - 1000

/** What the Lease says. */
export interface LeaseSeen {
  /** Empty when it was released. */
  readonly holder: string
  /** Milliseconds since 1970, by the clock of its holder. */
  readonly renewedMs: number
  readonly durationMs: number
}

/** `hold`: write it, be it new, free, expired or held already. `lost`: another one has it, or had it since. */
export type LeaseStep = 'hold' | 'wait' | 'lost'

/**
 * The next step of the process that calls itself `me`, where `isHolder` says whether it acts now, and `nowMs` is its clock.
 * Clocks of different nodes may be apart by the second that `giveUpAfterMs` leaves.
 */
export const leaseStep = (lease: LeaseSeen | undefined, me: string, isHolder: boolean, nowMs: number): LeaseStep => {
  if (lease === undefined || lease.holder === me) return 'hold'
  if (isHolder) return 'lost'
  const hasExpired = nowMs >= lease.renewedMs + lease.durationMs
  return lease.holder === '' || hasExpired ? 'hold' : 'wait'
}
