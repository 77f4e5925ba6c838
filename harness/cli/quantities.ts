// CPU quantities and durations as people write them.
import * as z from 'zod'

const Quantity = z
  .string()
  .regex(/^(\d+(\.\d+)?|\d+m)$/)
  .transform((text) => (text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000))
  .pipe(z.number().positive().max(1_000_000))

/** Millicores of a CPU quantity of Kubernetes: `200m`, `1`, `0.5`; undefined when invalid or not above 0. */
export const millicores = (text: string): number | undefined => Quantity.safeParse(text).data

/** The notation of Kubernetes. */
export const cpuText = (limitMillicores: number): string =>
  limitMillicores % 1000 === 0 ? String(limitMillicores / 1000) : `${Number(limitMillicores.toFixed(3))}m`

const msOf: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 }

/** Milliseconds of a duration such as 30ms, 1.5s or 250us; undefined when invalid or not above 0. */
export const timeMs = (text: string): number | undefined => {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s)$/.exec(text) ?? []
  const ms = Number(digits) * (msOf[unit] ?? Number.NaN)
  return ms > 0 ? ms : undefined
}

const steps = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]
const most = 19

/** Round limits between two, including both ends: at most 21, in steps of 10m if that is not too many. */
export const limitsBetween = (from: number, to: number): number[] => {
  const step = steps.find((each) => (to - from) / each < most) ?? 100_000
  const first = Math.ceil(from / step)
  const round = Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) => (first + index) * step)
  return [...new Set([from, ...round, to])]
}
