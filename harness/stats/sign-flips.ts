// Whether paired differences are more than chance, for many series at once: if nothing differs, the labels of a block may be swapped.
import { mean, median } from 'simple-statistics'
import { seeded } from './seeded.ts'

/** Differences of one quantity, such as ln(change ÷ base) of an arm's median latency. */
export interface PairedSeries {
  /** Series of a kind scatter alike, such as all arms' median latencies. */
  readonly kind: string
  /** By block, whose sign flips for all series together. */
  readonly differences: ReadonlyMap<number, number>
}

export interface SignFlipTest {
  /** Probability that any of the series would be as far from 0 as this one, if nothing differed. */
  readonly pValue: number
  /** Half the width of what chance explains at the level, in the unit of the differences; null: no pattern of signs is as rare as that. */
  readonly reach: number | null
  /** Standard error of the mean difference. */
  readonly error: number
}

/** Blocks that the variance of the kind counts as much as. */
const priorBlocks = 6

/** Up to this many blocks all sign patterns are enumerated; of more, as many are drawn at random. */
const enumeratedBlocks = 13

/**
 * Westfall and Young's single-step maxT ("Resampling-Based Multiple Testing", 1993) with the signs of whole blocks flipped: exact for all series together,
 * whatever their dependence. T = √n · |mean| ÷ s, with s² = (n · mean of d² + 6 · median of that over the kind) ÷ (n + 6), which no flip changes.
 */
export const signFlips = (series: readonly PairedSeries[], level: number, seed = 0): SignFlipTest[] => {
  const scales = scalesOf(series)
  const maxima = maximaOf(series, scales, seed)
  const pValueOf = (t: number): number => shareFrom(maxima, t - rounding)
  const critical = maxima.find((t) => pValueOf(t) <= level) ?? null
  return series.map(({ differences }, index) => {
    const error = (scales[index] ?? 0) / Math.sqrt(differences.size)
    const t = error === 0 ? 0 : Math.abs(mean([...differences.values()])) / error
    return { pValue: pValueOf(t), reach: critical === null ? null : critical * error, error }
  })
}

const rounding = 1e-9

/** The fewest blocks of which all can agree so rarely by chance. */
export const fewestBlocks = (level: number): number => Math.ceil(1 - Math.log2(level))

/** s of each series. */
const scalesOf = (series: readonly PairedSeries[]): number[] => {
  const squares = series.map(({ differences }) => mean([...differences.values()].map((each) => each ** 2)))
  const kinds = Map.groupBy(series.keys(), (index) => series[index]?.kind)
  return series.map(({ kind, differences: { size } }, index) => {
    const ofKind = median((kinds.get(kind) ?? []).map((each) => squares[each] ?? 0))
    return Math.sqrt((size * (squares[index] ?? 0) + priorBlocks * ofKind) / (size + priorBlocks))
  })
}

/** The largest T under each pattern of signs, ascending. */
const maximaOf = (series: readonly PairedSeries[], scales: readonly number[], seed: number): Float64Array => {
  const blocks = [...new Set(series.flatMap(({ differences }) => [...differences.keys()]))]
  const weights = series.flatMap(({ differences }, index) => {
    const scale = (scales[index] ?? 0) * Math.sqrt(differences.size)
    return scale > 0 ? [blocks.map((block) => (differences.get(block) ?? 0) / scale)] : []
  })
  const maxima = patternsOf(blocks.length, seed).map((signs) =>
    weights.reduce((largest, of) => Math.max(largest, Math.abs(flipped(of, signs))), 0),
  )
  return Float64Array.from(maxima).toSorted()
}

const flipped = (weights: readonly number[], signs: number): number =>
  weights.reduce((sum, weight, index) => sum + ((signs >> index) & 1 ? -weight : weight), 0)

/** Bit i: the sign of block i flips. A pattern and its opposite have the same |mean|, so the last block keeps its sign. The first pattern flips nothing. */
const patternsOf = (blocks: number, seed: number): number[] => {
  const all = 2 ** Math.max(0, blocks - 1)
  if (blocks <= enumeratedBlocks) return Array.from({ length: all }, (_, pattern) => pattern)
  const { below } = seeded(seed)
  return [0, ...Array.from({ length: 2 ** (enumeratedBlocks - 1) - 1 }, () => below(all))]
}

/** Share of the sorted values that are at least `from`. */
const shareFrom = (sorted: Float64Array, from: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return (sorted.length - low) / sorted.length
}
