// Unexpected arms: each with the deciding rule, the measured and allowed values, and the command that repeats it.
import { isReference } from '../../model/arm-kind.ts'
import { labelOf } from '../../model/metric.ts'
import type { ArmRun, CheckedRule, Run, ScenarioRun } from '../../model/run.ts'
import { armPiece, aside, code, surprisePieces, verdictBadge } from '../document/elements.ts'
import type { Element, Cell, Section } from '../document/elements.ts'
import { unitOf } from '../facts/key-metrics.ts'
import { quantity } from '../write/quantity.ts'
import { commandOf } from '../../model/command.ts'
import { pageName } from './pages.ts'
import { surprisesOf } from './surprise-words.ts'
import { armId } from './verdicts.ts'

/** No elements if all is as expected. `onIndex`: the arms are on other pages. */
export const surprisesSection = (run: Run, onIndex: boolean): Section => {
  const surprises = surprisesOf(run)
  return {
    id: 'not-as-expected',
    title: 'Not as expected',
    elements: surprises.length === 0 ? [] : [table(run, surprises, onIndex)],
  }
}

const table = (run: Run, surprises: ReturnType<typeof surprisesOf>, onIndex: boolean): Element => ({
  element: 'table',
  caption: 'Arms that are not as expected, and why',
  look: 'grid',
  first: 'arm',
  columns: [
    { label: 'verdict', holds: 'verdicts' },
    { label: 'measured', holds: 'words' },
    { label: 'allowed', holds: 'words' },
    { label: 'repeat this arm', holds: 'words' },
  ],
  rows: surprises.map(({ slug, arm }) => {
    const scenario = run.scenarios.find((each) => each.slug === slug)
    const decided = decidingRule(arm)
    return {
      heading: onIndex
        ? [{ piece: 'page', page: pageName({ slug }), row: armId(arm), text: arm.name }, aside(slug)]
        : armPiece(arm),
      cells: [
        [verdictBadge(arm), ...surprisePieces(arm)],
        ...(scenario && decided ? [measured(scenario, decided), allowed(scenario, decided)] : [arm.reason, null]),
        scenario === undefined ? null : code(commandOf({ ...run, skipped: [], scenarios: [onlyWith(scenario, arm)] })),
      ],
    }
  }),
})

const onlyWith = (scenario: ScenarioRun, arm: ArmRun): ScenarioRun => ({
  ...scenario,
  arms: scenario.arms.filter(({ name, kind }) => isReference(kind) || name === arm.name),
})

/** The first rule of the expected verdict that does not hold; undefined if no rule decided. */
const decidingRule = ({ decisions, expected }: ArmRun): CheckedRule | undefined =>
  decisions.flatMap(({ rules }) => rules).find(({ of, state, value }) => of === expected && state !== 'holds' && value !== null)

const inUnit = (scenario: ScenarioRun, { rule }: CheckedRule, value: number): string =>
  quantity(value, unitOf(scenario, rule.metric))

/** If blocks decide: values of the block that the verdict names. */
const measured = (scenario: ScenarioRun, checked: CheckedRule): Cell => {
  const { rule, value, at, blocks, state } = checked
  const where = [
    ...(at ? [`in block ${at.block + 1}`] : []),
    ...(blocks ? [`inside the bound in ${blocks.inside} of ${blocks.all} blocks`] : []),
    ...(state === 'unsettled' ? ['not settled'] : []),
  ].join('; ')
  return [
    labelOf(scenario.metrics, rule.metric),
    { piece: 'strong', text: inUnit(scenario, checked, at?.value ?? value ?? NaN) },
    ...(where === '' ? [] : [aside(where)]),
  ]
}

const allowed = (scenario: ScenarioRun, checked: CheckedRule): Cell => {
  const bound = checked.at?.bound ?? checked.bound
  return bound === null ? null : `${checked.rule.is === 'at-least' ? 'at least' : 'at most'} ${inUnit(scenario, checked, bound)}`
}
