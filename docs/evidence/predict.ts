// How far `lab predict` is off: its p99 beside that of a simulation of the kernel's code, and beside what was measured.
import { max, median, quantile } from 'simple-statistics'
import { readRun } from '../../harness/judge/read-run.ts'
import { model, predictCpuQuota } from '../../harness/predict/cpu-quota.ts'
import { kernelLatencies } from '../../harness/predict/fixtures/kernel.ts'
import type { ModelError } from '../../harness/predict/model-error.ts'
import { seeded } from '../../harness/stats/seeded.ts'
import { percent } from './runs.ts'

interface Point {
  readonly limitMillicores: number
  readonly costMs: number
  readonly spread: number
  readonly rateRps: number
}

/** Above this share of the limit a queue grows for so long that p99 depends on how long one measures. */
const mostLoad = 0.8

/** Limits, costs, spreads and rates, without those that overload the limit. */
export const grid: readonly Point[] = [100, 200, 300, 500, 700, 1000].flatMap((limitMillicores) =>
  [5, 10, 20, 40, 60].flatMap((costMs) =>
    [0, 0.05, 0.1].flatMap((spread) =>
      [1, 3, 8, 20]
        .filter((rateRps) => rateRps * costMs <= mostLoad * limitMillicores)
        .map((rateRps) => ({ limitMillicores, costMs, spread, rateRps })),
    ),
  ),
)

interface Compared {
  readonly what: string
  readonly referenceMs: number
  readonly predictedMs: number
}

const tickMs = 4
/** Costs that differ need more of them: where one request in a hundred is stopped, p99 is anything between two periods. */
const runsOf = ({ spread }: Point): number => (spread === 0 ? 100 : 500)
const warmUp = 20
const requests = 30

/** p99 of requests of many runs, each with phases of its own, beside the model's. */
export const compareWithKernel = (point: Point): Compared => {
  const random = seeded(grid.indexOf(point) + 1)
  const input = { ...point, podLimitMillicores: point.limitMillicores, tickMs, requests: warmUp + requests }
  const latenciesMs = Array.from({ length: runsOf(point) }, () => kernelLatencies(input, random).slice(warmUp)).flat()
  return {
    what: `${point.limitMillicores}m, ${point.costMs} ms ± ${percent(point.spread)}, ${point.rateRps}/s`,
    referenceMs: quantile(latenciesMs, 0.99),
    predictedMs: predictCpuQuota({ ...point, tickMs }).latencyMs?.p99 ?? Number.NaN,
  }
}

/** The arms of the accepted run that the model covers. */
export const compareWithMeasured = async (): Promise<Compared[]> => {
  const { scenarios } = await readRun(new URL('../../reports/accepted/cpu-limit-throttling/run.json', import.meta.url).pathname)
  return scenarios.flatMap(({ arms, method }) => {
    const from = model.learn(arms.find(({ kind }) => kind === 'control')?.metrics ?? {}, method.rateRps)
    if (!from) return []
    return arms
      .filter(({ kind }) => kind !== 'trade-off')
      .map(({ name, metrics }) => ({
        what: name,
        referenceMs: metrics['latency_p99']?.value ?? Number.NaN,
        predictedMs: model.predict(from, metrics)['latency_p99'] ?? Number.NaN,
      }))
  })
}

export const errorOf = ({ referenceMs, predictedMs }: Compared): number => predictedMs / referenceMs - 1

/** Three digits, as they are written. */
const errorsOf = (compared: readonly Compared[]): ModelError['kernel'] => {
  const errors = compared.map((each) => Math.abs(errorOf(each)))
  return { points: errors.length, median: Number(median(errors).toFixed(3)), largest: Number(max(errors).toFixed(3)) }
}

/** What harness/predict/model-error.json says. */
export const measureModelError = async (): Promise<ModelError> => ({
  kernel: errorsOf(grid.map(compareWithKernel)),
  measured: errorsOf(await compareWithMeasured()),
})

/** Columns and rows of the table in docs/decisions.md. */
export const predictTable = ({ kernel, measured }: ModelError): { columns: string[]; rows: string[][] } => ({
  columns: ['p99 of the model beside', 'points', 'median error', 'largest'],
  rows: (
    [
      ['the simulation of the kernel’s code', kernel],
      ['the accepted run of cpu-limit-throttling', measured],
    ] as const
  ).map(([what, { points, median: middle, largest }]) => [what, `${points}`, percent(middle), percent(largest)]),
})
