// Decides when each request is due: at a fixed spacing from the start, however late the last one went out.

/** What the schedule needs of time; a test brings its own. */
export interface Clock {
  /** Microseconds since some fixed moment; never goes back. */
  readonly nowUs: () => number
  /** Wakes no earlier than asked, and perhaps much later. */
  readonly wait: (delayMs: number) => Promise<void>
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

/** How many requests of the plan lie in the window. */
export function requestsInWindow({ rateRps, windowMs }: LoadPlan): number {
  return Math.ceil(roundOffNoise((rateRps * windowMs) / 1000))
}

/**
 * Calls `onDue` for each request of the plan, all overdue ones at once, and resolves when the window is over.
 * Request i of the window is intended at i × 1e6 / rate µs after its start; the warm-up has negative i.
 */
export async function runSchedule(plan: LoadPlan, clock: Clock, onDue: (due: DueRequest) => void): Promise<void> {
  const windowStartUs = clock.nowUs() + plan.warmupMs * 1000
  const lastIndex = requestsInWindow(plan) - 1
  const warmupCount = Math.floor(roundOffNoise((plan.rateRps * plan.warmupMs) / 1000))
  for (let index = 0 - warmupCount; index <= lastIndex; index += 1) {
    const offsetUs = (index * 1e6) / plan.rateRps
    const intendedUs = windowStartUs + offsetUs
    await waitUntil(clock, intendedUs)
    onDue({ offsetUs, intendedUs, sendLagUs: clock.nowUs() - intendedUs })
  }
  await waitUntil(clock, windowStartUs + plan.windowMs * 1000)
}

async function waitUntil(clock: Clock, timeUs: number): Promise<void> {
  for (let leftUs = timeUs - clock.nowUs(); leftUs > 0; leftUs = timeUs - clock.nowUs()) {
    await clock.wait(Math.ceil(leftUs / 1000))
  }
}

// 0.1 × 3 is 0.30000000000000004: without this, a whole number of requests could gain one.
function roundOffNoise(count: number): number {
  return Math.round(count * 1e6) / 1e6
}
