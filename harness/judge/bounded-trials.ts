// Whether the trials in a file can be judged and drawn: few enough to take seconds, with valid histograms.
import { inflateSync } from 'node:zlib'
import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import { messageOf } from '../model/lab-error.ts'
import type { MeasuredScenario } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'

/**
 * Judging takes time with the square of the blocks of an arm: on two busy cores 9 s for 2,500 trials of one scenario, 8 min for 20,000. A run of all
 * six incidents in 100 blocks, the maximum of `--blocks`, has 4,500, and at most 1,300 of one scenario.
 */
const mostTrials = { ofScenario: 2500, ofRun: 5000 }

/** The problem with the trials of a run, in words; undefined: none. */
export const outOfBounds = (scenarios: readonly Pick<MeasuredScenario, 'trials'>[]): string | undefined => {
  if (scenarios.some(({ trials }) => trials.length > mostTrials.ofScenario))
    return `a scenario in it has more than ${mostTrials.ofScenario} trials`
  const trials = scenarios.flatMap((scenario) => scenario.trials)
  if (trials.length > mostTrials.ofRun) return `it has more than ${mostTrials.ofRun} trials`
  for (const trial of trials) {
    const problem = unsoundHistogram(trial)
    if (problem) return `the latency histogram of a trial of ${trial.arm} ${problem}`
  }
  return undefined
}

/** A cookie and the length of the rest, which begins with a header; the fourth number of the header is the digits. */
const layout = { cookie: 0x1c849304, headBytes: 8, contentHeadBytes: 40, digitsAt: 12 }

/** Several times the size for hours of latencies. */
const mostBytes = 1024 ** 2
const mostDigits = 3

/** A trial without replies has no histogram. */
const unsoundHistogram = ({ load }: Trial): string | undefined => {
  if (load.latencyUs === null) return undefined
  const bytes = Buffer.from(load.latencyHistogram, 'base64')
  if (bytes.length < layout.headBytes || (bytes.readInt32BE(0) & ~0xf0) !== layout.cookie) return 'is none'
  try {
    const content = inflateSync(bytes.subarray(layout.headBytes), { maxOutputLength: mostBytes })
    if (content.length < layout.contentHeadBytes || content.readInt32BE(layout.digitsAt) > mostDigits) return 'is none'
    decodeFromCompressedBase64(load.latencyHistogram)
    return undefined
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return `is larger than ${mostBytes / 1024 ** 2} MiB when it is inflated`
    return `is none: ${messageOf(error)}`
  }
}
