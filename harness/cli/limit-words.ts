// Predictions for CPU limits, as lines for a terminal.
import { inColumns } from '../report/write/columns.ts'
import { quantity } from '../report/write/quantity.ts'
import type { CpuQuotaInput, CpuQuotaPrediction } from '../predict/cpu-quota.ts'
import { rarely, tolerance } from '../predict/enough.ts'
import type { Enough } from '../predict/enough.ts'
import { margin, modelError } from '../predict/model-error.ts'
import { cpuText } from './quantities.ts'

/** A limit in millicores, null for none, and its prediction. */
export interface AtLimit {
  readonly limitMillicores: number | null
  readonly prediction: CpuQuotaPrediction
}

type Service = Omit<CpuQuotaInput, 'limitMillicores' | 'podLimitMillicores'>

const barLength = 30

const valueText = (value: number | null | undefined, unit: string): string =>
  value == null ? '—' : value === 0 && unit === 'ms' ? '0 ms' : quantity(value, unit).replaceAll('\u00a0', ' ')

const ms = (value: number | undefined): string => (value === undefined ? 'no end' : valueText(value, 'ms'))

const limitText = (limit: number | null): string => (limit === null ? 'none' : cpuText(limit))

const rowsOf = ({ prediction: { latencyMs, throttledRatio, throttledMsPerRequest, useOfLimit } }: AtLimit): string[] => [
  ms(latencyMs?.p50),
  ms(latencyMs?.p99),
  ms(latencyMs?.max),
  valueText(throttledRatio, 'ratio'),
  valueText(throttledMsPerRequest, 'ms'),
  valueText(useOfLimit, 'ratio'),
]

const serviceLine = ({ costMs, spread, rateRps, arrivals, workers, periodMs, tickMs }: Service): string =>
  [
    `${costMs} ms of CPU time per request${spread === 0 ? '' : ` ± ${percentText(spread)}`}`,
    `${rateRps} requests a second, ${arrivals === 'even' ? 'evenly spaced' : 'at random (Poisson)'}`,
    `${workers} at once`,
    `periods of ${periodMs} ms, ticks of ${tickMs} ms`,
  ].join(' · ')

const percentText = (share: number): string => `${Number((share * 100).toFixed(1))} %`

/** The limit that would have been enough, as sentences. */
export const enoughWords = ({ unthrottledMillicores, nearlyMillicores, recommendedMillicores }: Enough): string => {
  if (unthrottledMillicores === null || nearlyMillicores === null || recommendedMillicores === null)
    return 'No limit would be enough: requests come faster than the workers can serve them.'
  const rare = `fewer than ${percentText(rarely)} of the periods are throttled`
  const least =
    nearlyMillicores >= unthrottledMillicores
      ? `A limit of ${cpuText(nearlyMillicores)} would have been enough: ${rare}.`
      : `A limit of ${cpuText(nearlyMillicores)} would have been enough to keep p99 within ${tolerance} times what it is without a limit; ` +
        `with ${cpuText(unthrottledMillicores)} ${rare}.`
  return `${least} Recommended: ${cpuText(recommendedMillicores)}, which has the model’s largest error of ${percentText(margin)} on top.`
}

/** How far p99 of the model was off. */
const { kernel, measured } = modelError
const errorLine =
  `Measured error of the model’s p99: ${percentText(kernel.median)} in the median and ${percentText(kernel.largest)} at most beside a ` +
  `simulation of the kernel’s code (${kernel.points} points), ${percentText(measured.largest)} at most beside ${measured.points} measured arms.`

/** One limit, next to no limit. */
export const limitLines = (service: Service, columns: readonly AtLimit[], enough: Enough): string[] => {
  const names = ['p50', 'p99', 'longest', 'throttled periods', 'throttled per request', 'use of the limit']
  const cells = columns.map(rowsOf)
  const head = ['limit', ...columns.map(({ limitMillicores }) => limitText(limitMillicores))]
  const rows = [head, ...names.map((name, row) => [name, ...cells.map((column) => column[row] ?? '')])]
  const isOverloaded = columns.some(({ prediction }) => prediction.overloaded)
  return [
    `${serviceLine(service)}; predicted, not measured`,
    '',
    ...inColumns(rows, (column) => column > 0).map((line) => `  ${line}`),
    '',
    ...(isOverloaded ? ['Overloaded: requests arrive faster than they can be served, so the queue grows without end.'] : []),
    enoughWords(enough),
    errorLine,
  ]
}

/** Many limits, a row and a bar of p99 each; marks the first row that is enough. */
export const sweepLines = (service: Service, sweep: readonly AtLimit[], enough: Enough): string[] => {
  const worstMs = Math.max(...sweep.map(({ prediction }) => prediction.latencyMs?.p99 ?? 0))
  const bar = ({ prediction: { latencyMs } }: AtLimit): string =>
    latencyMs
      ? '█'.repeat(Math.max(1, Math.round((latencyMs.p99 / worstMs) * barLength)))
      : 'overloaded: the queue grows without end'
  const { unthrottledMillicores, nearlyMillicores } = enough
  const from = (least: number | null): AtLimit | undefined =>
    sweep.find(({ limitMillicores }) => least !== null && limitMillicores !== null && limitMillicores >= least)
  const marks = new Map([
    [from(nearlyMillicores), ` ← enough: p99 within ${tolerance} times that without a limit`],
    [from(unthrottledMillicores), ` ← enough: fewer than ${percentText(rarely)} of the periods are throttled`],
  ])
  const rows = sweep.map((each) => {
    const [p50 = '', p99 = '', , throttled = '', , use = ''] = rowsOf(each)
    return [limitText(each.limitMillicores), p50, p99, throttled, use]
  })
  const [head = '', ...lines] = inColumns([['limit', 'p50', 'p99', 'throttled', 'use of limit'], ...rows], (column) => column > 0)
  return [
    `${serviceLine(service)}; predicted, not measured`,
    '',
    `  ${head}  p99`,
    ...sweep.map((each, index) => `  ${lines[index]}  ${bar(each)}${marks.get(each) ?? ''}`),
    '',
    enoughWords(enough),
    errorLine,
  ]
}
