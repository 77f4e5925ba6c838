// Calibration: the rate a system sustains when asked for all it can, and a rate that is a share of it.
import * as z from 'zod'
import type { Kube } from '../kube/client.ts'
import { runInPod } from '../kube/exec.ts'
import type { ContainerRef } from '../kube/exec.ts'
import { LabError } from '../model/lab-error.ts'

const Result = z.object({ requestsPerSecond: z.number().positive(), failed: z.int() })

/** Runs a closed-loop program in the load's pod. Its latencies are worth nothing and are not looked at. */
export const measureCapacity = async (kube: Kube, at: ContainerRef, program: string, signal: AbortSignal): Promise<number> => {
  const output = await runInPod(kube, at, ['node', `/lab/${program}.js`], signal)
  const result = Result.parse(JSON.parse(output))
  if (result.failed > 0)
    throw new LabError(`Capacity could not be measured: ${result.failed} requests failed`, { evidence: [output] })
  return result.requestsPerSecond
}

/**
 * The nearest k/10 requests a second with k prime to 10. In 10 s its due times fall on k different phases of any 100 ms
 * period, such as that of a CFS quota: 2.9 a second visits 29 of them, 3.0 only three, and which three is chance.
 */
export const steadyRate = (requestsPerSecond: number): number => {
  const wanted = Math.round(requestsPerSecond * 10)
  const candidates = Array.from({ length: 11 }, (_, step) => wanted - 5 + step).filter((k) => k > 0 && k % 2 !== 0 && k % 5 !== 0)
  return (
    candidates.reduce((best, k) => (Math.abs(k - requestsPerSecond * 10) < Math.abs(best - requestsPerSecond * 10) ? k : best)) /
    10
  )
}
