// Which limit would have been enough.
import { predictCpuQuota } from './cpu-quota.ts'
import { margin } from './model-error.ts'
import type { CpuQuotaPrediction, Service } from './cpu-quota.ts'

/** Limits in millicores, in steps of 10; null: none is enough, since there are too few workers for the load. */
export interface Enough {
  /** The smallest at which fewer periods are throttled than `rarely`. */
  readonly unthrottledMillicores: number | null
  /** The smallest at which p99 is at most `tolerance` times what it is without a limit. */
  readonly nearlyMillicores: number | null
  /** That one with the largest error that was measured of the model on top; never more than the workers can use. */
  readonly recommendedMillicores: number | null
}

export const tolerance = 1.25

/** The kernel accounts at ticks, so even a quota of a whole CPU throttles a busy one now and then. */
export const rarely = 0.01

const stepMillicores = 10

/** Found by bisection: a higher limit never throttles more and never makes a request wait longer. */
export const enough = (service: Service): Enough => {
  const at = (limitMillicores: number): CpuQuotaPrediction => predictCpuQuota({ ...service, limitMillicores })
  const unlimited = predictCpuQuota({ ...service, limitMillicores: null })
  const mostMillicores = (service.workers ?? 1) * 1000
  const smallest = (isEnough: (prediction: CpuQuotaPrediction) => boolean): number | null => {
    if (unlimited.overloaded) return null
    let [below, above] = [0, mostMillicores / stepMillicores] // always enough
    while (above - below > 1) {
      const middle = Math.floor((below + above) / 2)
      if (isEnough(at(middle * stepMillicores))) above = middle
      else below = middle
    }
    return above * stepMillicores
  }
  const raised = (millicores: number): number =>
    Math.min(mostMillicores, Math.ceil((millicores * (1 + margin)) / stepMillicores) * stepMillicores)
  const mostMs = (unlimited.latencyMs?.p99 ?? 0) * tolerance
  const nearlyMillicores = smallest(({ latencyMs }) => latencyMs !== null && latencyMs.p99 <= mostMs)
  return {
    unthrottledMillicores: smallest(({ overloaded, throttledRatio }) => !overloaded && throttledRatio < rarely),
    nearlyMillicores,
    recommendedMillicores: nearlyMillicores === null ? null : raised(nearlyMillicores),
  }
}
