// Which limit would have been enough.
import { predictCpuQuota } from './cpu-quota.ts'
import type { CpuQuotaPrediction, Service } from './cpu-quota.ts'

/** Limits in millicores, in steps of 10; null: none is enough, since there are too few workers for the load. */
export interface Enough {
  /** The smallest at which nothing is ever throttled. */
  readonly unthrottledMillicores: number | null
  /** The smallest at which p99 is at most `tolerance` times what it is without a limit. */
  readonly nearlyMillicores: number | null
}

export const tolerance = 1.25
const stepMillicores = 10

/** Found by bisection: a higher limit never throttles more and never makes a request wait longer. */
export const enough = (service: Service): Enough => {
  const known = new Map<number, CpuQuotaPrediction>()
  const at = (limitMillicores: number): CpuQuotaPrediction => {
    const prediction = known.get(limitMillicores) ?? predictCpuQuota({ ...service, limitMillicores })
    known.set(limitMillicores, prediction)
    return prediction
  }
  const unlimited = predictCpuQuota({ ...service, limitMillicores: null })
  const smallest = (isEnough: (prediction: CpuQuotaPrediction) => boolean): number | null => {
    if (unlimited.overloaded) return null
    let [below, above] = [0, ((service.workers ?? 1) * 1000) / stepMillicores] // the total that all workers can use is always enough
    while (above - below > 1) {
      const middle = Math.floor((below + above) / 2)
      if (isEnough(at(middle * stepMillicores))) above = middle
      else below = middle
    }
    return above * stepMillicores
  }
  const mostMs = (unlimited.latencyMs?.p99 ?? 0) * tolerance
  return {
    unthrottledMillicores: smallest(({ overloaded, throttledRatio }) => !overloaded && throttledRatio === 0),
    nearlyMillicores: smallest(({ latencyMs }) => latencyMs !== null && latencyMs.p99 <= mostMs),
  }
}
