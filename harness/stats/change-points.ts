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
 * windows, which are for series of hundreds of values. The number of values is cubed at worst.
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
  for (let at = fewestOfLevel; at <= series.length - fewestOfLevel; at++) {
    const distance = energyDistance(series.slice(0, at), series.slice(at))
    if (!best || distance > best.distance) best = { at, distance }
  }
  return best?.at
}

const energyDistance = (before: readonly number[], after: readonly number[]): number => {
  const [m, n] = [before.length, after.length]
  const between = sumOfDistances(before, after) / (m * n)
  return (
    ((m * n) / (m + n)) *
    (2 * between - sumOfDistances(before, before) / (m * (m - 1)) - sumOfDistances(after, after) / (n * (n - 1)))
  )
}

const sumOfDistances = (some: readonly number[], others: readonly number[]): number => {
  let sum = 0
  for (const one of some) for (const other of others) sum += Math.abs(one - other)
  return sum
}
