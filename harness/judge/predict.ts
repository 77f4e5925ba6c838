// Predictions of a scenario's model for its arms, from control's measurements and each arm's settings.
import { findModel } from '../predict/find-model.ts'
import type { ArmRun, MeasuredScenario, ScenarioRun } from '../model/run.ts'
import { nameOfKind } from './judge.ts'
import type { Judged } from './judge.ts'

interface Predicted {
  readonly prediction: ScenarioRun['prediction']
  /** By name of the arm. */
  readonly arms: Readonly<Record<string, ArmRun['predictions']>>
}

/** Undefined if the scenario has no model, or control was not measured. Omits trade-offs, which the model does not cover. */
export const predict = async (
  { arms, method }: Pick<MeasuredScenario, 'arms' | 'method'>,
  judged: Readonly<Record<string, Pick<Judged, 'metrics'>>>,
): Promise<Predicted> => {
  const nothing = { prediction: null, arms: {} }
  if (method.model === null) return nothing
  const model = await findModel(method.model)
  const from = model.learn(judged[nameOfKind(arms, 'control')]?.metrics ?? {}, method.rateRps)
  if (!from) return nothing
  const predictions = arms
    .filter(({ kind }) => kind !== 'trade-off')
    .map(({ name }) => {
      const predicted = Object.entries(model.predict(from, judged[name]?.metrics ?? {}))
      return [name, predicted.map(([metric, value]) => ({ metric, predicted: value }))] as const
    })
  const figures = Object.entries(from).map(([name, value]) => {
    const { label = name, unit = '', decimals } = model.figures[name] ?? {}
    return { name, label, unit, value, ...(decimals === undefined ? {} : { decimals }) }
  })
  return { prediction: { model: method.model, about: model.about, from: figures }, arms: Object.fromEntries(predictions) }
}
