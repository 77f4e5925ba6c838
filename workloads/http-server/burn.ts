// Decides how CPU time is used up: arithmetic in small chunks, until the clock of the process's CPU time says enough.
// Time in which a CFS quota stops the process, or another process has the CPU, does not count as burnt.

const chunkTargetUs = 250
const warmUpRounds = 1000
const warmUpUs = 50_000
const measuredRounds = 100_000
const measureUs = 10_000

/** Work between two looks at the clock. */
export interface Chunk {
  readonly rounds: number
  /** What it takes. */
  readonly cpuUs: number
}

let state = 1

/**
 * CPU time of this process so far, in µs.
 * Not `process.threadCpuUsage`: it stands still between two ticks of the scheduler, up to 10 ms.
 */
export const cpuClockUs = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Finds the chunk of about 0.25 ms, on code that the JIT compiler is done with. */
export const calibrateChunk = (): Chunk => {
  const readyUs = cpuClockUs() + warmUpUs
  while (cpuClockUs() < readyUs) spin(warmUpRounds)
  const rounds = Math.max(1, Math.round((measuredRounds * chunkTargetUs) / usOf(measuredRounds)))
  return { rounds, cpuUs: usOf(rounds) }
}

/** Returns once the CPU clock has advanced by `cpuMs` since it was `startUs`; up to one chunk later. */
export const burn = (roundsPerChunk: number, cpuMs: number, startUs: number): void => {
  const endUs = startUs + cpuMs * 1000
  while (cpuClockUs() < endUs) spin(roundsPerChunk)
}

// What a call of `spin` takes, on average over some ms.
const usOf = (rounds: number): number => {
  const startUs = cpuClockUs()
  let calls = 0
  let spentUs = 0
  while (spentUs < measureUs) {
    spin(rounds)
    calls += 1
    spentUs = cpuClockUs() - startUs
  }
  return spentUs / calls
}

// Xorshift in registers: no memory, no system call. The result is kept, so that the compiler keeps the loop.
const spin = (rounds: number): void => {
  let bits = state
  for (let round = 0; round < rounds; round += 1) {
    bits ^= bits << 13
    bits ^= bits >>> 17
    bits ^= bits << 5
  }
  state = bits
}
