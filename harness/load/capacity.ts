// Calibration: the maximum rate that a system sustains, and a rate that is a share of it.
import * as z from 'zod'
import type { Kube } from '../kube/client.ts'
import { namespaceEvidence } from '../kube/events.ts'
import { runInPod } from '../kube/exec.ts'
import type { ContainerRef } from '../kube/exec.ts'
import { waitFor } from '../kube/wait.ts'
import { LabError } from '../model/lab-error.ts'

const Result = z.object({ requestsPerSecond: z.number().nonnegative(), failed: z.int() })

/** Long enough for a few replies of a server with several per second. */
const warmUp = '1s'

/**
 * Runs a closed-loop program in the load's pod once the server answers: a server that has just started may stall for seconds under a CPU limit.
 * Ignores the program's latencies, which mean nothing in a closed loop.
 */
const measureCapacity = async (kube: Kube, at: ContainerRef, program: string, signal: AbortSignal): Promise<number> => {
  const ask = async (...flags: string[]): Promise<z.infer<typeof Result> & { output: string }> => {
    const output = await runInPod(kube, at, ['node', `/lab/${program}.js`, ...flags], signal)
    return { ...Result.parse(JSON.parse(output)), output }
  }
  const evidence = (): Promise<string[]> => namespaceEvidence(kube, at.namespace)
  await waitFor({ what: `the server to answer ${program}`, deadlineMs: 60_000, signal, evidence }, async () => {
    const { requestsPerSecond, output } = await ask('--duration', warmUp)
    return requestsPerSecond > 0 ? { value: undefined } : { notYet: output }
  })
  const { requestsPerSecond, failed, output } = await ask()
  if (failed > 0 || requestsPerSecond === 0) {
    const why = failed > 0 ? `${failed} requests failed` : 'no request was answered'
    throw new LabError(`Capacity could not be measured: ${why}`, {
      evidence: [output, ...(await evidence())],
      next: `run the scenario with --keep, then look at the pods of the namespace ${at.namespace}`,
    })
  }
  return requestsPerSecond
}

/** A rate that is a share of the maximum that the system sustains. */
export const calibrate = async (
  kube: Kube,
  at: ContainerRef,
  { program, shareOfCapacity }: { readonly program: string; readonly shareOfCapacity: number },
  signal: AbortSignal,
): Promise<{ rateRps: number; capacityRps: number }> => {
  const capacityRps = await measureCapacity(kube, at, program, signal)
  return { rateRps: steadyRate(capacityRps * shareOfCapacity), capacityRps }
}

/**
 * The nearest k/10 requests per second with k coprime to 10. In 10 s its due times fall on k different phases of any 100 ms
 * period, such as that of a CFS quota: 2.9 per second visits 29 of them, 3.0 only three, chosen by chance.
 */
export const steadyRate = (requestsPerSecond: number): number => {
  const wanted = Math.round(requestsPerSecond * 10)
  const candidates = Array.from({ length: 11 }, (_, step) => wanted - 5 + step).filter((k) => k > 0 && k % 2 !== 0 && k % 5 !== 0)
  return (
    candidates.reduce((best, k) => (Math.abs(k - requestsPerSecond * 10) < Math.abs(best - requestsPerSecond * 10) ? k : best)) /
    10
  )
}
