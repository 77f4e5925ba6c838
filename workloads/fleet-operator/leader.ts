// Decides how a process comes to hold the Lease, keeps it, gives it back, and learns that it has lost it.
import { setTimeout as wait } from 'node:timers/promises'
import { giveUpAfterMs, leaseStep, lookEveryMs, renewEveryMs } from './lease.ts'
import type { LeaseSeen } from './lease.ts'

/** The Lease as the API server has it. */
export interface LeaseAccess {
  /** Written into it, in seconds. */
  readonly durationS: number
  /** `lease` is absent when there is none yet. */
  readonly read: () => Promise<{
    readonly lease?: LeaseSeen
    /** Writes the holder, and that it renewed just now. False when somebody else wrote since it was read, or created it first. */
    readonly write: (holder: string) => Promise<boolean>
  }>
}

/** What the Leader calls. After `onLost` the process must do nothing any more. */
export interface Listener {
  readonly onHeld: () => void
  readonly onLost: (why: string) => void
  readonly onTrouble: (error: unknown) => void
}

/** Holds the Lease for one process, or waits for it. */
export class Leader {
  readonly #access: LeaseAccess
  readonly #me: string
  readonly #listener: Listener
  #isHolder = false
  #isLost = false
  #deadline: NodeJS.Timeout | undefined

  /** `me` must be of this process alone: a restarted container is another one. */
  constructor(access: LeaseAccess, me: string, listener: Listener) {
    this.#access = access
    this.#me = me
    this.#listener = listener
  }

  get isHolder(): boolean {
    return this.#isHolder
  }

  /** Tries until it is lost, or until `signal` aborts: then it is given back, so that the next one need not wait until it expires. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.#isLost) {
      await this.#try().catch(this.#listener.onTrouble)
      await wait(this.#isHolder ? renewEveryMs : lookEveryMs, undefined, { signal }).catch(() => {}) // aborted: the loop ends
    }
    await this.#release().catch(this.#listener.onTrouble)
  }

  async #try(): Promise<void> {
    const startMs = performance.now()
    const { lease, write } = await this.#access.read()
    const step = leaseStep(lease, this.#me, this.#isHolder, Date.now())
    if (step === 'lost') this.#lose(`${lease?.holder || 'nobody'} holds it now`)
    if (step === 'hold' && (await write(this.#me)) && !this.#isLost) this.#hold(startMs)
  }

  #hold(startMs: number): void {
    clearTimeout(this.#deadline)
    const ms = giveUpAfterMs(this.#access.durationS)
    const leftMs = startMs + ms - performance.now()
    this.#deadline = setTimeout(() => this.#lose(`it could not be renewed for ${ms / 1000} s`), leftMs)
    if (this.#isHolder) return
    this.#isHolder = true
    this.#listener.onHeld()
  }

  #lose(why: string): void {
    clearTimeout(this.#deadline)
    this.#isHolder = false
    this.#isLost = true
    this.#listener.onLost(why)
  }

  async #release(): Promise<void> {
    clearTimeout(this.#deadline)
    if (!this.#isHolder) return
    this.#isHolder = false
    const { lease, write } = await this.#access.read()
    if (lease?.holder === this.#me) await write('')
  }
}
