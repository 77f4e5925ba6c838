// Decides which request is served now, which waits its turn, and which is turned away.

/** Serves one request. Its slot is free again when the promise settles. */
export type Job = () => Promise<void>

/** How many requests are served at once, and how many more may wait. */
export interface QueueLimits {
  readonly concurrency: number
  readonly queueLimit: number
}

/** What became of a request at the door. `leave` gives up its place; once it is being served, it does nothing. */
export type Admission =
  { readonly kind: 'serving' } | { readonly kind: 'queued'; readonly leave: () => void } | { readonly kind: 'rejected' }

/** A fixed number of slots with one bounded first-in first-out queue before them. */
export class ServiceQueue {
  readonly #limits: QueueLimits
  readonly #waiting = new Set<{ readonly job: Job }>()
  #serving = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  /** Serves the job now if a slot is free, else queues it, else rejects it. */
  enter(job: Job): Admission {
    if (this.#serving < this.#limits.concurrency) {
      this.#serve(job)
      return { kind: 'serving' }
    }
    if (this.#waiting.size >= this.#limits.queueLimit) {
      return { kind: 'rejected' }
    }
    const place = { job }
    this.#waiting.add(place)
    return { kind: 'queued', leave: () => this.#waiting.delete(place) }
  }

  #serve(job: Job): void {
    this.#serving += 1
    void job().finally(() => {
      this.#serving -= 1
      this.#serveNext()
    })
  }

  #serveNext(): void {
    for (const place of this.#waiting) {
      this.#waiting.delete(place)
      this.#serve(place.job)
      return
    }
  }
}
