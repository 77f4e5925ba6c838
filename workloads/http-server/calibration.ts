// Decides how the server shows that a request costs what it says: by burning some before it listens.
import { burn, calibrateChunk, cpuClockUs } from './burn.ts'

const trials = 10

/** What was found at the start. */
export type Calibration = ReturnType<typeof calibrate>

/** Calibrates a chunk and tries it. Takes about 0.15 s of CPU time and ten requests' worth. */
export const calibrate = (cpuMsPerRequest: number) => {
  const chunk = calibrateChunk()
  const tookMs = Array.from({ length: trials }, () => {
    const startUs = cpuClockUs()
    burn(chunk.rounds, cpuMsPerRequest, startUs)
    return (cpuClockUs() - startUs) / 1000
  }).toSorted((one, other) => one - other)
  const at = (index: number): number => round(tookMs[index] ?? 0)
  return {
    cpuMsPerRequest,
    roundsPerChunk: chunk.rounds,
    chunkUs: round(chunk.cpuUs),
    trialBurnsMs: {
      min: at(0),
      median: round(((tookMs[trials / 2 - 1] ?? 0) + (tookMs[trials / 2] ?? 0)) / 2),
      max: at(trials - 1),
    },
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
