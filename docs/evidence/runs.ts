// Simulated runs: 17 arms of two scenarios, with noise within a run and between runs.
import type { ScenarioRun } from '../../harness/model/run.ts'
import { normalDraw } from '../../harness/stats/fixtures/normal-draws.ts'
import type { Random } from '../../harness/stats/seeded.ts'

/** Arms beside control, as http2-hot-pod and cpu-limit-throttling have them. */
const armsOf = { 'http2-hot-pod': 11, 'cpu-limit-throttling': 6 }

/** Standard deviation of the logarithm from trial to trial, as recorded; and from run to run, as a share of that of p99. */
const noises = { latency_p50: { within: 0.01, between: 1 / 3 }, latency_p99: { within: 0.09, between: 1 } }
export type Metric = keyof typeof noises

/** How runs of different days differ. */
export interface Days {
  /** Standard deviation, from run to run, of the logarithm of an arm's p99 over control's. */
  readonly scatter: number
  /** This share of the factors is four times as far out. */
  readonly tails?: number
  /** Standard deviation from deployment to deployment, each of which has one trial; default: 0. */
  readonly deployment?: number
  /** Of each scenario; default: 3. */
  readonly blocks?: number
}

/** How many times its usual value a metric is, by the name of its arm: `arm-0` and so on. */
export type Changes = Readonly<Record<string, Partial<Record<Metric, number>>>>

/** Control and each arm have a factor of their own in each run, so the ratios of a scenario are correlated. */
const blocksOf = (random: Random, metric: Metric, { scatter, tails = 0, deployment = 0, blocks = 3 }: Days, times: number) => {
  const { within, between } = noises[metric]
  const factor = ((scatter * between) / Math.SQRT2) * normalDraw(random) * (random.share() < tails ? 4 : 1)
  const own = Math.hypot(within, deployment * between)
  const values = Array.from({ length: blocks }, () => times * Math.exp(factor + own * normalDraw(random)))
  return { blocks: values.map((value, block) => ({ block, value })) }
}

const armOf = (random: Random, days: Days, name: string, changes: Changes[string] = {}) => ({
  name,
  kind: name === 'control' ? 'control' : 'fix',
  verdict: 'fixed',
  asExpected: true,
  metrics: {
    latency_p50: blocksOf(random, 'latency_p50', days, changes.latency_p50 ?? 1),
    latency_p99: blocksOf(random, 'latency_p99', days, changes.latency_p99 ?? 1),
  },
})

/** What `lab diff` and `lab trend` read of a run. */
export const simulateRun = (random: Random, days: Days, changes: Changes = {}): ScenarioRun[] =>
  Object.entries(armsOf).map(([slug, count]) => {
    const names = ['control', ...Array.from({ length: count }, (_, index) => `arm-${index}`)]
    const scenario = {
      slug,
      method: { episode: null },
      metrics: { latency_p50: { better: 'lower' }, latency_p99: { better: 'lower' } },
      arms: names.map((name) => armOf(random, days, name, changes[name])),
    }
    return scenario as unknown as ScenarioRun
  })

export const shareOf = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length / outcomes.length

/** One decimal below 10 %. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(share < 0.0995 ? 1 : 0))} %`

export const daysText = ({ scatter, tails }: Days): string => `${percent(scatter)}${tails === undefined ? '' : ', heavy tails'}`
