// Designs the measurement of a scenario: what is deployed, which trial comes when, when it may stop, how long it takes. Pure: the same
// scenario, extent and seed have the same design.
import type { Deployment, Design, PlannedTrial } from '../model/design.ts'
import { armOfKind } from '../model/scenario.ts'
import type { ChosenScenario, Scenario } from '../model/scenario.ts'
import { blocksOf, looksOf } from './extent.ts'
import type { Extent } from './extent.ts'
import { floorMs } from './floor.ts'
import { planOf } from './plan.ts'
import { expectedAlone } from './step-times.ts'

export interface DesignOptions extends Extent {
  readonly seed: number
  /** Worker nodes: an episode has one to itself. */
  readonly workers: number
}

/**
 * Each block redeploys every arm, and under steady load control twice: a pair of one block then carries the noise between trials and
 * that between deployments (Kalibera and Jones 2013: one trial a deployment, where deploying costs as much as a trial).
 */
export const designOf = ({ loaded: { scenario }, arms }: ChosenScenario, options: DesignOptions): Design => {
  const { trial } = scenario
  const control = armOfKind(scenario, 'control')
  const copies = [
    ...arms.map((arm) => ({ arm, replica: 0 })),
    ...(trial.kind === 'steady' && arms.includes(control) ? [{ arm: control, replica: 1 }] : []),
  ]
  const slots = copies.map((copy) => ({ ...copy, floorMs: floorMs(scenario, copy.arm, options.mode) }))
  const trials = planOf(trial.kind, slots, blocksOf(scenario, options), options.seed)
  const deployments = copies.map((copy): Deployment => ({ ...copy, needs: needsOf(scenario, copy.arm) }))
  return { deployments, trials, looks: [...looksOf(scenario, options)], ...expectedAlone(scenario, trials, options) }
}

/** Besides a worker: add-ons, and a node of its size. */
const needsOf = ({ arms, trial }: Scenario, arm: string): string[] => [
  ...(arms[arm]?.addOns ?? []),
  ...(trial.kind === 'episode' && trial.node.size !== 'ordinary' ? [`a ${trial.node.size} node`] : []),
]

/** Arms under steady load: they share the error of the run, since episodes are judged each by itself. */
export const steadyArmsIn = (scenarios: readonly ChosenScenario[]): number =>
  scenarios.flatMap(({ loaded, arms }) => (loaded.scenario.trial.kind === 'steady' ? arms : [])).length

/** The blocks of a design, in order: trials of one block are close in time. */
export const blocksIn = ({ trials }: Pick<Design, 'trials'>): readonly (readonly PlannedTrial[])[] => [
  ...Map.groupBy(trials, ({ block }) => block).values(),
]
