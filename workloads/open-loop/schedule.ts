// Decides when each request is due: at a fixed spacing from the start, however late the last one went out.

/** What the schedule needs of time; a test brings its own. */
export interface Clock {
  /** Microseconds since some fixed moment; never goes back. */
  readonly nowUs: () => number
  /** Wakes no earlier than asked, and perhaps much later; at once when asked to stop. */
  readonly wait: (delayMs: number, stop?: AbortSignal) => Promise<void>
}

/** How much load, for how long. */
export interface LoadPlan {
  readonly rateRps: number
  readonly warmupMs: number
  readonly windowMs: number
}

/** A request whose time has come. */
export interface DueRequest {
  /** Intended time, counted from the start of the window; negative in the warm-up. */
  readonly offsetUs: number
  /** Intended time on the clock. Latency counts from here. */
  readonly intendedUs: number
  /** Actual minus intended time. */
  readonly sendLagUs: number
}

/** How many requests of the plan lie in the window. Of a window which ended before its start, less by those of the warm-up it lacks. */
export const requestsInWindow = ({ rateRps, windowMs }: LoadPlan): number => Math.ceil(roundOffNoise((rateRps * windowMs) / 1000))

/**
 * Calls `onDue` for each request of the plan, all overdue ones at once, and resolves when the window is over.
 * Request i of the window is intended at i × 1e6 / rate µs after its start; the warm-up has negative i.
 * `stop` ends the window then: what was due by then is still called for, nothing after it.
 * Returns how long the window was, in ms: negative when it was stopped that long before its start.
 */
export const runSchedule = async (
  plan: LoadPlan,
  clock: Clock,
  onDue: (due: DueRequest) => void,
  stop?: AbortSignal,
): Promise<number> => {
  const windowStartUs = clock.nowUs() + plan.warmupMs * 1000
  let { windowMs } = plan
  let endIndex = requestsInWindow(plan)
  const endNow = (): void => {
    windowMs = Math.min(windowMs, Math.round(clock.nowUs() - windowStartUs) / 1000)
    endIndex = requestsInWindow({ ...plan, windowMs })
  }
  if (stop?.aborted === true) endNow()
  stop?.addEventListener('abort', endNow, { once: true })

  const warmupCount = Math.floor(roundOffNoise((plan.rateRps * plan.warmupMs) / 1000))
  for (let index = 0 - warmupCount; index < endIndex; index += 1) {
    const offsetUs = (index * 1e6) / plan.rateRps
    const intendedUs = windowStartUs + offsetUs
    await waitUntil(clock, intendedUs, stop)
    if (index < endIndex) onDue({ offsetUs, intendedUs, sendLagUs: clock.nowUs() - intendedUs })
  }
  await waitUntil(clock, windowStartUs + plan.windowMs * 1000, stop)
  stop?.removeEventListener('abort', endNow)
  return windowMs
}

const waitUntil = async (clock: Clock, timeUs: number, stop?: AbortSignal): Promise<void> => {
  const left = (): number => (stop?.aborted === true ? 0 : timeUs - clock.nowUs())
  for (let leftUs = left(); leftUs > 0; leftUs = left()) {
    await clock.wait(Math.ceil(leftUs / 1000), stop)
  }
}

// 0.1 × 3 is 0.30000000000000004: without this, a whole number of requests could gain one.
const roundOffNoise = (count: number): number => Math.round(count * 1e6) / 1e6
