// Progress of all work: elapsed time and estimated total. The estimate adapts to the speed of this machine.
import type { ExpectedTime } from '../model/work.ts'
import { minutes } from '../report/write/date.ts'

export interface Clock {
  /** Such as `3:12 of about 12:40 min`. The first time is never longer than the second. */
  readonly text: () => string
  /** Called when a step begins; returns what to call when it has ended. */
  readonly begin: (expected: ExpectedTime) => () => void
}

/** The estimate of all the work. */
export interface ExpectedWhole extends Required<ExpectedTime> {
  /** The part of `seconds` that no step announces, such as creating the cluster. */
  readonly unannouncedSeconds: number
}

/** Seconds of work assumed to have taken as long as expected before any step has ended: a first step of one second says little about the machine. */
const benefitOfDoubt = 30

interface Running {
  /** Expected seconds besides windows and timers. */
  readonly work: number
  readonly floor: number
  /** Seconds so far. Concurrent steps share each second equally, as they share the machine. */
  spent: number
}

/** `now`: milliseconds. */
export const startClock = (whole: ExpectedWhole, now: () => number = () => performance.now()): Clock => {
  const from = now()
  let last = from
  const running = new Set<Running>()
  const over = { work: 0, floor: 0, spent: 0 }
  let unannounced = 0

  const advance = (): void => {
    const passed = (now() - last) / 1000
    last += passed * 1000
    for (const step of running) step.spent += passed / running.size
    if (running.size === 0) unannounced += passed
  }

  /** Estimated seconds of all work, from the steps so far. */
  const estimate = (): number => {
    const current = [...running]
    const spentOn = current.map(({ spent, floor }) => Math.max(0, spent - floor))
    const ended = { work: benefitOfDoubt + over.work, spent: benefitOfDoubt + over.spent }
    const slowness = Math.max(
      ended.spent / ended.work,
      (ended.spent + sum(spentOn)) / (ended.work + sum(current.map(({ work }) => work))), // a step that has taken longer than expected is slow
    )
    const announced = {
      work: whole.seconds - whole.floorSeconds - whole.unannouncedSeconds - over.work - sum(current.map(({ work }) => work)),
      floor: whole.floorSeconds - over.floor - sum(current.map(({ floor }) => floor)),
    }
    return (
      (last - from) / 1000 +
      sum(current.map(({ work, floor, spent }) => Math.max(0, floor + slowness * work - spent))) +
      slowness * Math.max(0, announced.work) +
      Math.max(0, announced.floor) +
      Math.max(0, slowness * whole.unannouncedSeconds - unannounced)
    )
  }

  return {
    text: () => {
      advance()
      return `${minutes((last - from) / 1000)} of about ${minutes(estimate())} min`
    },
    begin: ({ seconds, floorSeconds = 0 }) => {
      advance()
      const step = { work: seconds - floorSeconds, floor: floorSeconds, spent: 0 }
      running.add(step)
      return () => {
        advance()
        running.delete(step)
        over.work += step.work
        over.floor += step.floor
        over.spent += Math.max(0, step.spent - step.floor)
      }
    },
  }
}

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0)
