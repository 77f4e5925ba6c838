// Variances of many small samples, each steadied by those of its kind: three values alone say little of how far they scatter.
import { bisect, gammaln } from 'simple-statistics'

export interface SampleVariance {
  /** Samples of a kind have a prior variance in common, such as all arms' p99. */
  readonly kind: string
  readonly variance: number
  /** One less than the sample has values, one at least. */
  readonly degrees: number
}

/**
 * Each variance s² with d degrees of freedom becomes (d₀ · s₀² + d · s²) ÷ (d₀ + d), with d₀ + d degrees, but no more than all samples of its
 * kind have together (Smyth, "Linear models and empirical Bayes methods for assessing differential expression", 2004). s₀² is that of the
 * kind and d₀, which is small where samples of a kind scatter differently, that of all kinds: those that make s² ÷ s₀², which has the F
 * distribution with d and d₀ degrees, most likely. Moments of the logarithms, as Smyth proposes, estimate d₀ worse from a few dozen samples.
 * Samples that do not scatter at all are not asked.
 */
export const pooledVariances = (samples: readonly SampleVariance[]): SampleVariance[] => {
  const groups = Map.groupBy(
    samples.filter(({ variance }) => variance > rounding),
    ({ kind }) => kind,
  )
  const prior = priorDegrees
    .map((degrees) => priorOf(groups, degrees))
    .reduce((best, each) => (each.fit > best.fit ? each : best))
  return samples.map((sample) => {
    const { kind, variance, degrees } = sample
    const priorVariance = prior.variances.get(kind)
    if (priorVariance === undefined) return sample
    const ofKind = (groups.get(kind) ?? []).reduce((sum, each) => sum + each.degrees, 0)
    return {
      kind,
      variance: (prior.degrees * priorVariance + degrees * variance) / (prior.degrees + degrees),
      degrees: Math.max(degrees, Math.min(prior.degrees + degrees, ofKind)),
    }
  })
}

/** A smaller variance is rounding error. */
const rounding = 1e-18

/** Values of d₀ that are tried, each √2 times the one before: from a half to 4096, which is as good as infinite. */
const priorDegrees = Array.from({ length: 27 }, (_, index) => 2 ** (index / 2 - 1))

interface Prior {
  readonly degrees: number
  /** By kind. */
  readonly variances: ReadonlyMap<string, number>
  /** Logarithm of the likelihood, up to a constant. */
  readonly fit: number
}

const priorOf = (groups: ReadonlyMap<string, readonly SampleVariance[]>, degrees: number): Prior => {
  const variances = new Map([...groups].map(([kind, samples]) => [kind, likeliestVariance(samples, degrees)]))
  const fits = [...groups].flatMap(([kind, samples]) =>
    samples.map((each) => logLikelihood(each, degrees, variances.get(kind) ?? 1)),
  )
  return { degrees, variances, fit: fits.reduce((sum, each) => sum + each, 0) }
}

/** Log density of s² up to what depends on neither d₀ nor s₀². */
const logLikelihood = ({ variance, degrees: d }: SampleVariance, d0: number, priorVariance: number): number => {
  const share = (d * variance) / (d0 * priorVariance)
  return gammaln((d + d0) / 2) - gammaln(d0 / 2) + (d / 2) * Math.log(share) - ((d + d0) / 2) * Math.log1p(share)
}

/** Where the derivative of the likelihood by ln s₀² is 0; it falls with s₀². */
const likeliestVariance = (samples: readonly SampleVariance[], d0: number): number => {
  const slope = (logarithm: number): number => {
    const scale = d0 * Math.exp(logarithm)
    return samples.reduce((sum, { variance, degrees: d }) => sum + ((d + d0) * d * variance) / (scale + d * variance) - d, 0)
  }
  const logarithms = samples.map(({ variance }) => Math.log(variance))
  return Math.exp(bisect(slope, Math.min(...logarithms) - 1, Math.max(...logarithms) + 1, 60, 1e-6))
}
