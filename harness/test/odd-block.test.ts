// What one odd block of control may not do: undo a full run. Tried with as many blocks as a full run has, and with noise as it was recorded.
import { median } from 'simple-statistics'
import { expect, test } from 'vitest'
import type { MetricDefinitions } from '../model/metric.ts'
import type { Expectations } from '../model/rule.ts'
import type { MeasuredScenario, Run } from '../model/run.ts'
import { expectedVerdict } from '../model/arm-kind.ts'
import type { Trial } from '../model/trial.ts'
import type { LoadedScenario } from '../model/scenario.ts'
import { seeded } from '../stats/seeded.ts'
import { hotPod, throttling } from './fixtures/accepted-runs.ts'
import { withCurrentRules } from './fixtures/with-current-rules.ts'
import { scenariosOfLab } from './fixtures/scenarios-of-lab.ts'
import { judge } from '../judge/judge.ts'
import { levelAfter as levelAt } from '../judge/levels.ts'

const full = (await scenariosOfLab('full')).filter(({ loaded }) => loaded.scenario.trial.kind === 'steady')
const runOf = (slug: string): Run => (slug === 'http2-hot-pod' ? hotPod : throttling)
const recordedOf = new Map(
  await Promise.all(
    full.map(
      async ({ loaded: { scenario } }) => [scenario.slug, await withCurrentRules(runOf(scenario.slug), scenario)] as const,
    ),
  ),
)
const measuredOf = (slug: string): MeasuredScenario => {
  const found = recordedOf.get(slug)
  if (!found) throw new Error(`there is no accepted run of ${slug}`)
  return found
}

/** The quantiles that rules judge. */
const tails = ['latency_p95', 'latency_p90'] as const
const latencies = (trials: readonly Trial[], tail: (typeof tails)[number]): number[] =>
  trials.flatMap(({ metrics }) => metrics[tail] ?? [])

/** How far each block of a good arm of http2-hot-pod was from the arm's middle: the p95 of eight blocks of five arms, as a factor. */
const recordedNoise = ['control', 'l7-proxy', 'client-side', 'proxyless-grpc', 'ingress'].flatMap((arm) => {
  const own = measuredOf('http2-hot-pod').trials.filter((trial) => trial.arm === arm && trial.replica === 0)
  const values = latencies(own, 'latency_p95')
  return values.map((value) => value / median(values))
})

/** So many blocks of what was recorded, each latency its arm's middle times noise as recorded; in one block control is ten times as slow. */
const withOddBlock = (recorded: MeasuredScenario, blocks: number, odd: number, seed: number): Trial[] => {
  const { below } = seeded(seed)
  const slots = new Map(recorded.trials.map((trial) => [`${trial.arm} ${trial.replica}`, trial]))
  return [...slots.values()].flatMap(({ arm, replica }) => {
    const own = recorded.trials.filter((trial) => trial.arm === arm && trial.replica === replica)
    return Array.from({ length: blocks }, (_, block): Trial => {
      const trial = own[block % own.length]
      if (!trial) throw new Error(`${arm} has no trial`)
      const noise =
        (recordedNoise[below(recordedNoise.length)] ?? 1) * (arm === 'control' && replica === 0 && block === odd ? 10 : 1)
      const changed = tails.flatMap((tail) =>
        trial.metrics[tail] === undefined ? [] : [[tail, median(latencies(own, tail)) * noise]],
      )
      return { ...trial, block, metrics: { ...trial.metrics, ...Object.fromEntries(changed) } }
    })
  })
}

/** When a full run looks at its blocks, and the share of the error that each look spends. */
const looks = [
  { blocks: 12, share: 0.5 },
  { blocks: 16, share: 0.25 },
  { blocks: 20, share: 0.25 },
]
const [first, last] = [12, 20]

const runs = 12

/** The metrics that rules name: of the others the intervals would only take time. */
const ofRules = (metrics: MetricDefinitions, expected: Expectations): MetricDefinitions => {
  const rules = Object.values(expected).flatMap((each = []) => each)
  const named = new Set(rules.flatMap(({ metric, bounds }) => [metric, ...bounds.map(({ of }) => of?.split('.').at(-1))]))
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => named.has(name)))
}

/** Of so many runs, how many arms got the verdict that is expected of them, and how many another one. */
const verdictsOf = ({ scenario }: LoadedScenario, blocks: number): { asExpected: number; wrong: number } => {
  const recorded = measuredOf(scenario.slug)
  const metrics = ofRules(recorded.metrics, scenario.expect)
  const shares = { asExpected: 0, wrong: 0 }
  for (let run = 0; run < runs; run++) {
    const trials = withOddBlock(recorded, blocks, run % blocks, run)
    const { arms } = recorded
    const levelAfter = (): number =>
      levelAt(blocks, { design: { deployments: [], trials: [], looks, seconds: 0, floorSeconds: 0 } }, arms.length)
    const judged = judge({ kind: 'steady', arms, expect: scenario.expect, metrics, trials, seed: null, levelAfter }).arms
    for (const { name, kind, expected } of arms) {
      const verdict = judged[name]?.verdict
      if (verdict === expectedVerdict({ kind, expected })) shares.asExpected += 1 / runs / arms.length
      else if (verdict !== 'inconclusive') shares.wrong += 1 / runs / arms.length
    }
  }
  return shares
}

test.each(full.map(({ loaded }) => loaded))(
  '$scenario.slug: a full run with one block of control ten times as slow is decided at its last look',
  (loaded) => {
    const { asExpected, wrong } = verdictsOf(loaded, last)
    expect(wrong).toBe(0)
    expect(asExpected).toBeGreaterThan(0.98)
  },
)

test('at its first look it may be open, since the exact interval at that level tolerates one block of any size from twenty on; no verdict is wrong', () => {
  const looked = full.map(({ loaded }) => verdictsOf(loaded, first))
  expect(looked.map(({ wrong }) => wrong)).toEqual([0, 0])
  expect(Math.min(...looked.map(({ asExpected }) => asExpected))).toBeLessThan(0.6)
})
