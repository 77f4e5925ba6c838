// Runs under steady load for the judge, simulated: what was recorded, but the judged latency of each trial has noise, and each deployment a factor of its own.
import { median } from 'simple-statistics'
import { decidedArms } from '../../harness/judge/decided-arms.ts'
import { measuredOf } from '../../harness/judge/judge-run.ts'
import { judge } from '../../harness/judge/judge.ts'
import type { Judgement } from '../../harness/judge/judge.ts'
import { caseOf } from '../../harness/judge/scenario-case.ts'
import { looksOf } from '../../harness/design/extent.ts'
import type { Extent } from '../../harness/design/extent.ts'
import type { MetricDefinitions } from '../../harness/model/metric.ts'
import type { Expectations } from '../../harness/model/rule.ts'
import type { MeasuredScenario, Run } from '../../harness/model/run.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { loadScenarios } from '../../harness/scenario/load-scenarios.ts'
import { normalDraw } from '../../harness/stats/fixtures/normal-draws.ts'
import type { Random } from '../../harness/stats/seeded.ts'
import { hotPod, throttling } from '../../harness/test/fixtures/accepted-runs.ts'
import { withCurrentRules } from '../../harness/test/fixtures/with-current-rules.ts'

export const modes = ['quick', 'full', 'until settled'] as const
export type Mode = (typeof modes)[number]

export const slugs = ['http2-hot-pod', 'cpu-limit-throttling'] as const
export type Slug = (typeof slugs)[number]

/** The quantile that the rules of a scenario judge, and its standard deviation from trial to trial (of logarithms) in windows of a run. */
export const judged: Readonly<Record<Slug, { readonly metric: string; readonly quiet: number; readonly noisy: number }>> = {
  'http2-hot-pod': { metric: 'latency_p95', quiet: 0.035, noisy: 0.066 }, // recorded, the second in a noisier hour
  'cpu-limit-throttling': { metric: 'latency_p90', quiet: 0.049, noisy: 0.092 }, // the second assumed: as many times the first as there
}

const extents: Readonly<Record<Mode, Extent>> = {
  quick: { mode: 'quick', blocks: undefined },
  full: { mode: 'full', blocks: undefined },
  'until settled': { mode: 'full', blocks: undefined, untilSettled: true },
}

const runOf: Readonly<Record<Slug, Run>> = { 'http2-hot-pod': hotPod, 'cpu-limit-throttling': throttling }

/** The accepted run of a scenario with its present rules, in this mode; of metrics those that rules name. */
export const recordedOf = async (slug: Slug, mode: Mode): Promise<MeasuredScenario> => {
  const found = (await loadScenarios()).find(({ scenario }) => scenario.slug === slug)
  if (!found) throw new Error(`there is no scenario ${slug}`)
  const recorded = await withCurrentRules(measuredOf(runOf[slug]), found.scenario)
  const { expect } = found.scenario
  const looks = [...looksOf(found.scenario, extents[mode])]
  const design = { deployments: [], trials: [], looks, seconds: 0, floorSeconds: 0 }
  return { ...recorded, design, method: { ...recorded.method, expect }, metrics: ofRules(recorded.metrics, expect) }
}

const ofRules = (metrics: MetricDefinitions, expect: Expectations): MetricDefinitions => {
  const rules = Object.values(expect).flatMap((each = []) => each)
  const named = new Set(rules.flatMap(({ metric, bounds }) => [metric, ...bounds.map(({ of }) => of?.split('.').at(-1))]))
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => named.has(name)))
}

/** What the judged latency of an arm is, as a multiple of control's; arms that are not named are as recorded. */
export type Truth = Readonly<Record<string, number>>

export interface Noise {
  readonly trial: number
  /** Standard deviation of the factor that each deployment draws; each block has its own. */
  readonly deployment: number
}

/** The middle of what was recorded, in ms; NaN: the arm has no latency. */
export const middleOf = ({ trials }: MeasuredScenario, arm: string, metric: string): number => {
  const values = trials.flatMap((trial) => (trial.arm === arm && trial.replica === 0 ? (trial.metrics[metric] ?? []) : []))
  return values.length === 0 ? NaN : median(values)
}

/** Heavy tails: Student's t with four degrees of freedom, scaled to a standard deviation of 1. */
const heavyDraw = (random: Random): number => {
  const squares = [1, 2, 3, 4].reduce((sum) => sum + normalDraw(random) ** 2, 0)
  return normalDraw(random) / Math.sqrt(squares / 4) / Math.SQRT2
}

/** One trial: a recorded one of its arm, with a latency of its own. */
const trialOf = (own: readonly Trial[], metric: string, middle: number, block: number, noise: Noise, random: Random): Trial => {
  const recorded = own[random.below(own.length)]
  if (!recorded) throw new Error('an arm has no trial')
  const latency = middle * Math.exp(noise.trial * heavyDraw(random) + noise.deployment * normalDraw(random))
  const changed = Number.isNaN(middle) ? {} : { [metric]: latency }
  return { ...recorded, block, invalid: [], metrics: { ...recorded.metrics, ...changed } }
}

export interface Simulated {
  readonly judgement: Judgement
  /** What was measured, and how many blocks of each arm. */
  readonly scenario: MeasuredScenario
  readonly blocks: ReadonlyMap<string, number>
}

/** A run of its design's looks: an arm that is decided at one of them leaves. */
export const simulate = (
  recorded: MeasuredScenario,
  { slug, truth, noise }: { readonly slug: Slug; readonly truth: Truth; readonly noise: Noise },
  random: Random,
): Simulated => {
  const { metric } = judged[slug]
  const steadyArms = recorded.arms.length
  const control = middleOf(recorded, 'control', metric)
  const slots = [...recorded.arms.map(({ name }) => ({ arm: name, replica: 0 })), { arm: 'control', replica: 1 }].map((slot) => ({
    ...slot,
    own: recorded.trials.filter(({ arm, replica }) => arm === slot.arm && replica === slot.replica),
    middle: truth[slot.arm] === undefined ? middleOf(recorded, slot.arm, metric) : control * (truth[slot.arm] ?? NaN),
  }))
  let scenario: MeasuredScenario = { ...recorded, trials: [] }
  let gone: ReadonlySet<string> = new Set()
  let measured = 0
  for (const { blocks } of recorded.design?.looks ?? []) {
    const left = slots.filter(({ arm }) => !gone.has(arm))
    const added = Array.from({ length: blocks - measured }, (_, index) =>
      left.map(({ own, middle }) => trialOf(own, metric, middle, measured + index, noise, random)),
    )
    scenario = { ...scenario, trials: [...scenario.trials, ...added.flat()] }
    measured = blocks
    gone = decidedArms(scenario, { steadyArms })
    if (gone.size === recorded.arms.length) break
  }
  const blocks = new Map(
    recorded.arms.map(({ name }) => [name, scenario.trials.filter(({ arm, replica }) => arm === name && replica === 0).length]),
  )
  return { judgement: judge(caseOf(scenario, { seed: null, steadyArms })), scenario, blocks }
}
