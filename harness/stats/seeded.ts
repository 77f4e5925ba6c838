// Seeded random numbers.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Random {
  /** A whole number from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number
  /** A number from 0 up to, not including, 1. */
  readonly share: () => number
}

export const seeded = (seed: number): Random => {
  const random = xoroshiro128plus(seed)
  return { below: (limit) => uniformInt(random, 0, limit - 1), share: () => uniformFloat64(random) }
}
