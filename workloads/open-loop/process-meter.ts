// Decides what the load cost its own process: a load short of CPU measures itself, not the server.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10

/** What the process spent and suffered. */
export interface ProcessCost {
  readonly cpuUs: number
  /** How late a 10 ms timer fired. Up to 1 ms of it is the grain of timers. */
  readonly eventLoopDelayUs: { readonly p99: number; readonly max: number }
}

/** Measures this process from `start` to `stop`. */
export class ProcessMeter {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs })
  #cpuAtStart = process.cpuUsage()

  start(): void {
    this.#cpuAtStart = process.cpuUsage()
    this.#delay.enable()
  }

  stop(): ProcessCost {
    this.#delay.disable()
    const cpu = process.cpuUsage(this.#cpuAtStart)
    return {
      cpuUs: cpu.user + cpu.system,
      eventLoopDelayUs: { p99: latenessUs(this.#delay.percentile(99)), max: latenessUs(this.#delay.max) },
    }
  }
}

// The monitor records the whole interval between two firings, so an idle loop reads 10 ms.
const latenessUs = (intervalNs: number): number => Math.max(0, Math.round(intervalNs / 1000 - resolutionMs * 1000))
