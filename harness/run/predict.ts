// What a scenario's model says its arms should measure, from the control's own figures and what each arm is set to.
import type { Scenario } from '../model/scenario.ts'
import type { ArmRun, ScenarioRun } from '../model/run.ts'
import type { Model } from '../predict/model.ts'
import { nameOfKind } from './judge.ts'
import type { Judged } from './judge.ts'

interface Predicted {
  readonly told: NonNullable<ScenarioRun['method']['prediction']>
  readonly arms: Readonly<Record<string, ArmRun['predictions']>>
}

/** Null when the scenario has no model, or the control has not been measured yet. A trade-off has what the model lacks. */
export const predict = async (
  scenario: Scenario,
  judged: Readonly<Record<string, Judged>>,
  rateRps: number,
): Promise<Predicted | null> => {
  if (scenario.predict === undefined) return null
  const { model } = (await import(`../predict/${scenario.predict}.ts`)) as { model: Model }
  const control = judged[nameOfKind(scenario.arms, 'control')]?.metrics ?? {}
  const from = model.learn(control, rateRps)
  if (!from) return null
  const arms = Object.entries(judged)
    .filter(([name]) => scenario.arms[name]?.kind !== 'trade-off')
    .map(([name, { metrics }]) => {
      const predicted = Object.entries(model.predict(from, metrics))
      return [name, predicted.map(([metric, value]) => ({ metric, predicted: value }))] as const
    })
  return { told: { model: scenario.predict, about: model.about, from }, arms: Object.fromEntries(arms) }
}
