import { expect, test } from 'vitest'
import { startClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { ExpectedTime } from '../model/work.ts'

interface Line {
  readonly elapsed: number
  readonly estimate: number
}

const secondsOf = (time = ''): number => {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number)
  return minutes * 60 + seconds
}

const read = (clock: Clock): Line => {
  const [, elapsed, estimate] = /^(\d+:\d\d) of about (\d+:\d\d) min$/.exec(clock.text()) ?? []
  return { elapsed: secondsOf(elapsed), estimate: secondsOf(estimate) }
}

/** A cold `make demo` on two CPUs: kind, Kubernetes, etcd, CoreDNS, Debian twice, images, cluster, deployment, trials, end. */
const builds = [31, 421, 33, 71, 32, 32, 10, 10, 10, 10, 10, 10, 10, 10].map((seconds) => ({ seconds, floorSeconds: 0 }))
const run = [
  { seconds: 7, floorSeconds: 0 },
  { seconds: 150, floorSeconds: 126 },
]
const steps = [...builds, ...run]
const unannouncedSeconds = 45
const whole = {
  seconds: steps.reduce((sum, { seconds }) => sum + seconds, unannouncedSeconds),
  floorSeconds: 126,
  unannouncedSeconds,
}

/** Plays the steps one after the other with a clock that ticks every second; returns each line that was printed, and how long it took. */
const play = (slowness: number): { lines: Line[]; total: number } => {
  let now = 0
  const clock = startClock(whole, () => now)
  const lines = [read(clock)]
  const pass = (seconds: number): void => {
    for (let left = seconds; left > 0; left -= 1) {
      now += Math.min(1, left) * 1000
      lines.push(read(clock))
    }
  }
  const step = (expected: Required<ExpectedTime>): void => {
    const end = clock.begin(expected)
    pass(expected.floorSeconds + (expected.seconds - expected.floorSeconds) * slowness)
    end()
    lines.push(read(clock))
  }
  builds.forEach(step)
  pass(unannouncedSeconds * slowness)
  run.forEach(step)
  return { lines, total: now / 1000 }
}

test('the first line is what was expected', () => {
  expect(play(1).lines[0]).toEqual({ elapsed: 0, estimate: whole.seconds })
})

test.each([0.3, 1, 3, 10])(
  'on a machine where work takes %d times as long no line says that more has passed than all of it takes',
  (slowness) => {
    for (const { elapsed, estimate } of play(slowness).lines) expect(elapsed).toBeLessThanOrEqual(estimate)
  },
)

test.each([0.3, 1, 3, 10])(
  'on a machine where work takes %d times as long the estimate comes to be the true time',
  (slowness) => {
    const { lines, total } = play(slowness)
    const errorsFrom = (share: number): number[] =>
      lines.slice(Math.floor(lines.length * share)).map(({ estimate }) => Math.abs(estimate / total - 1))
    expect(Math.max(...errorsFrom(0.75))).toBeLessThan(0.05)
    expect(Math.max(...errorsFrom(0.97))).toBeLessThan(0.01)
  },
)

test('a step that takes three times as long makes what is still to be done take longer, before it has ended', () => {
  let now = 0
  const clock = startClock({ seconds: 600, floorSeconds: 0, unannouncedSeconds: 0 }, () => now)
  clock.begin({ seconds: 300 })
  now = 900_000
  expect(read(clock).estimate).toBeGreaterThan(900 + 2.5 * 300)
})

test('windows and timers take as long on a slow machine as on any', () => {
  let now = 0
  const clock = startClock({ seconds: 400, floorSeconds: 300, unannouncedSeconds: 0 }, () => now)
  const end = clock.begin({ seconds: 100 })
  now = 300_000
  end()
  expect(read(clock)).toEqual({ elapsed: 300, estimate: 600 })
})

test('time that no step announced leaves the steps that are still to come in the estimate', () => {
  let now = 0
  const clock = startClock({ seconds: 100, floorSeconds: 0, unannouncedSeconds: 10 }, () => now)
  now = 500_000
  expect(read(clock)).toEqual({ elapsed: 500, estimate: 590 })
})

test('steps side by side share the machine: that each of two takes twice as long is no slowness', () => {
  let now = 0
  const clock = startClock({ seconds: 300, floorSeconds: 0, unannouncedSeconds: 0 }, () => now)
  const ends = [clock.begin({ seconds: 100 }), clock.begin({ seconds: 100 })]
  now = 200_000
  ends.forEach((end) => end())
  expect(read(clock)).toEqual({ elapsed: 200, estimate: 300 })
})
