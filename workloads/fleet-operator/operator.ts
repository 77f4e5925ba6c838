// Decides what the operator looks at and what wakes it: any change of what it sees, while it holds the Lease.
import { wordsOf } from '../controller/api.ts'
import type { Api } from '../controller/api.ts'
import type { Log } from '../service/log.ts'
import { Loop } from '../controller/loop.ts'
import { act } from './act.ts'
import { clusterOf } from './kubernetes.ts'
import { Leader } from './leader.ts'
import { leaseAccess } from './lease-access.ts'
import { leaseDurationS } from './lease.ts'
import { look } from './look.ts'
import { plan } from './plan.ts'

/** Who operates, where, and where it reports. */
export interface Operation {
  readonly namespace: string
  /** Of this process alone. */
  readonly me: string
  readonly log: Log
  /** The Lease is another's: the process must do nothing any more. */
  readonly onLost: (why: string) => void
  /** Seconds for which a renewal of the Lease holds. */
  readonly leaseS?: number
}

/** Operates until `signal` aborts; resolves when nothing is under way any more and the Lease is given back. */
export const operate = async (api: Api, operation: Operation, signal: AbortSignal): Promise<void> => {
  const { namespace, me, log, onLost, leaseS = leaseDurationS } = operation
  const cluster = clusterOf(api, namespace)
  const pass = async (): Promise<void> => {
    const seen = leader.isHolder ? see() : undefined
    if (seen !== undefined) await act(plan(seen, new Date()), cluster, log, signal)
  }
  const loop = new Loop(pass, log, signal)
  const onHeld = (): void => {
    log('leading', { me })
    loop.wake()
  }
  const onTrouble = (error: unknown): void => log('trouble', { what: 'lease', why: wordsOf(error) })
  const leader = new Leader(leaseAccess(api, namespace, leaseS), me, { onHeld, onLost, onTrouble })
  const see = look(api, namespace, { onChange: loop.wake, log }, signal)

  const released = new AbortController()
  signal.addEventListener('abort', () => void loop.ended.then(() => released.abort()), { once: true })
  await leader.run(released.signal)
}
