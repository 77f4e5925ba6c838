// Change points: where a series steps to another level and stays there.
import { mean, tTestTwoSample } from 'simple-statistics'
import { studentTail } from './student.ts'

export interface ChangePoint {
  /** Place of the first value of the new level. */
  readonly at: number
  /** Mean of the values since then less mean of those before, each as far as the next change. */
  readonly shift: number
  /** Of Student's two-sample t-test between the two, two-sided. */
  readonly p: number
}

export interface ChangePointOptions {
  /** A change counts up to this p; a candidate for one has ten times as much. */
  readonly level: number
  /** A smaller step, up or down, counts for nothing. */
  readonly least: number
}

/** The fewest values of a level. A single odd value is no level. */
export const fewestOfLevel = 3

/**
 * E-divisive means with Student's t-test, as in Hunter (Fleming and others, "Hunter: Using Change Point Detection to Hunt for Performance
 * Regressions", ICPE 2023), in order. The series is split where its halves differ most, then each half, as long as the t-test sees a
 * difference; then the weakest split is undone, and its neighbours are tested again, until all remaining splits are significant. Without Hunter's
 * windows, which are for series of hundreds of values.
 */
export const changePoints = (series: readonly number[], { level, least }: ChangePointOptions): ChangePoint[] => {
  let found = tested(series, splits(series, 0, 10 * level))
  for (;;) {
    const weakest = found.reduce<ChangePoint | undefined>((worst, each) => (worst && worst.p >= each.p ? worst : each), undefined)
    if (!weakest) return []
    const smallest = found.reduce((small, each) => (Math.abs(each.shift) < Math.abs(small.shift) ? each : small), weakest)
    const dropped = weakest.p > level ? weakest : Math.abs(smallest.shift) < least ? smallest : undefined
    if (!dropped) return found
    found = tested(
      series,
      found.filter((each) => each !== dropped).map(({ at }) => at),
    )
  }
}

const splits = (series: readonly number[], from: number, level: number): number[] => {
  const at = bestSplit(series)
  if (at === undefined) return []
  const [left, right] = [series.slice(0, at), series.slice(at)]
  if (pOf(left, right) > level) return []
  return [...splits(left, from, level), from + at, ...splits(right, from + at, level)]
}

const tested = (series: readonly number[], places: readonly number[]): ChangePoint[] =>
  places.map((at, index) => {
    const before = series.slice(places[index - 1] ?? 0, at)
    const after = series.slice(at, places[index + 1] ?? series.length)
    return { at, shift: mean(after) - mean(before), p: pOf(before, after) }
  })

const pOf = (before: number[], after: number[]): number => {
  const t = tTestTwoSample(before, after, 0) ?? 0
  return Number.isNaN(t) ? 1 : studentTail(t, before.length + after.length - 2) // not a number: all values are the same
}

/**
 * Where the energy distance between the values before and after is largest, weighted by their counts (Matteson and James, "A
 * Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", JASA 2014, equation 7, with distances to the power of 1).
 */
const bestSplit = (series: readonly number[]): number | undefined => {
  let best: { at: number; distance: number } | undefined
  // of distances: within the values before, between both sides, within the values after; each pair once
  let [before, between, after] = [0, 0, series.reduce((sum, value, at) => sum + distances(value, series, 0, at), 0)]
  for (const [index, value] of series.entries()) {
    const [toBefore, toAfter] = [distances(value, series, 0, index), distances(value, series, index + 1, series.length)]
    before += toBefore
    between += toAfter - toBefore
    after -= toAfter
    const [m, n] = [index + 1, series.length - index - 1]
    if (Math.min(m, n) < fewestOfLevel) continue
    const distance = ((m * n) / (m + n)) * 2 * (between / (m * n) - before / (m * (m - 1)) - after / (n * (n - 1)))
    if (!best || distance > best.distance) best = { at: m, distance }
  }
  return best?.at
}

const distances = (value: number, series: readonly number[], from: number, to: number): number => {
  let sum = 0
  for (let at = from; at < to; at++) sum += Math.abs(value - (series[at] ?? NaN))
  return sum
}
