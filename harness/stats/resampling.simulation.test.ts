// How often the statistics are right, on recorded A/A trials instead of on a bell curve.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { blocksNeeded } from './blocks-needed.ts'
import { bootstrapInterval } from './bootstrap.ts'
import { compare } from './compare.ts'
import { hodgesLehmann } from './hodges-lehmann.ts'
import { logRatio } from './pair.ts'
import type { Pair } from './pair.ts'
import { seeded } from './seeded.ts'
import type { Random } from './seeded.ts'
import { spreadOf } from './spread.ts'

/** Control trials in the order of time; values of each metric in its own unit. */
const Recorded = z.strictObject({
  what: z.string(),
  metrics: z.record(z.string(), z.array(z.number().positive()).min(24)),
})

const recorded = Recorded.parse(JSON.parse(readFileSync(new URL('fixtures/aa-latency.json', import.meta.url), 'utf8')) as unknown)

/**
 * A/A pairs: any two of the recorded values, each value at most once while they last. Not only neighbours in time, as the trials
 * of a block are: those are few pairs, of which a single odd one would decide; and drift, if any, makes this the harder test.
 */
const draw = (values: readonly number[], blocks: number, random: Random): Pair[] => {
  const rest = [...values]
  const next = (): number => {
    const at = random.below(rest.length)
    const [value] = 2 * blocks > values.length ? [rest[at]] : rest.splice(at, 1)
    return value ?? Number.NaN
  }
  return Array.from({ length: blocks }, () => ({ arm: next(), reference: next() }))
}

const allPairs = (values: readonly number[]): Pair[] =>
  values.flatMap((arm, index) => values.slice(index + 1).map((reference) => ({ arm, reference })))

/** Share of draws of which it holds. */
const share = (rounds: number, seed: number, holds: (random: Random) => boolean): number => {
  const random = seeded(seed)
  return Array.from({ length: rounds }, () => holds(random)).filter(Boolean).length / rounds
}

/** Three standard errors of a share in 1,000 draws. */
const scatter = (of: number): number => 3 * Math.sqrt((of * (1 - of)) / 1000)

const isFalse = ({ low, high }: { low: number; high: number }): boolean => low > 0 || high < 0

const metrics = Object.entries(recorded.metrics).map(([name, values]) => {
  const { sd, typical } = spreadOf(allPairs(values))
  return { name, values, spread: typical, blocks: blocksNeeded(Math.log(1.1), sd) ?? Number.NaN }
})

test.each(metrics)('$name: control against control in $blocks blocks is improved or regressed in 5 % at most', (metric) => {
  const wrong = share(1000, 1, (random) => {
    const { answer } = compare(draw(metric.values, metric.blocks, random), metric)
    return answer === 'improved' || answer === 'regressed'
  })
  expect(wrong).toBeLessThanOrEqual(0.05)
})

test.each(metrics)('$name: a tenth more is found in 90 % at least, with the $blocks blocks that are advertised', (metric) => {
  const found = share(1000, 2, (random) => {
    const shifted = draw(metric.values, metric.blocks, random).map(({ arm, reference }) => ({ arm: arm * 1.1, reference }))
    return compare(shifted, metric).answer === 'regressed'
  })
  expect(found).toBeGreaterThanOrEqual(0.9)
})

test.each(metrics)(
  '$name: why arms are not compared by BCa: at 6 blocks its 95 % interval is wrong far more often than 5 %',
  (metric) => {
    const rounds = 300
    const drawn = (random: Random): number[] => draw(metric.values, 6, random).map(logRatio)
    const bca = share(rounds, 3, (random) =>
      isFalse(
        bootstrapInterval(drawn(random), (blocks) => hodgesLehmann(blocks).shift, {
          seed: random.below(2 ** 31),
          resamplings: 200,
        }),
      ),
    )
    const exact = share(rounds, 3, (random) => isFalse(hodgesLehmann(drawn(random)).interval ?? { low: 0, high: 0 }))
    expect(bca, 'BCa: about one in eight').toBeGreaterThan(0.07)
    expect(bca).toBeLessThan(0.2)
    expect(exact, 'exact: 3.1 % whatever the data').toBeLessThanOrEqual(0.05 + scatter(0.05))
  },
)
