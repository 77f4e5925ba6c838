// The scenario of an exercise: control, the incident, and the learner's system, which is judged like a fix.
import { announce } from '../measure/describe.ts'
import { armOfKind } from '../model/scenario.ts'
import type { Arm, Scenario } from '../model/scenario.ts'
import type { ScenarioFiles } from '../scenario/arm-manifests.ts'
import { learnerArm } from './staged.ts'

/** Control, the incident, the learner's: in this order. */
export const withLearner = (scenario: Scenario, story: Partial<Pick<Arm, 'steps' | 'until'>> = {}): Scenario => {
  const [control, incident] = [armOfKind(scenario, 'control'), armOfKind(scenario, 'incident')]
  const arm = (name: string): Arm => scenario.arms[name] as Arm
  const learner: Arm = {
    kind: 'fix',
    summary: 'the learner’s system',
    addOns: [],
    steps: [],
    costs: [],
    fullOnly: false,
    ...story,
  }
  return { ...scenario, arms: { [control]: arm(control), [incident]: arm(incident), [learnerArm]: learner } }
}

/** Texts for a live page: the symptom, without the cause. */
export const shownAs = (learner: string, pager: string, scenario: Scenario) => {
  const { slug, arms } = announce(withLearner(scenario), Object.keys(withLearner(scenario).arms))
  const summaries: Readonly<Record<string, string>> = {
    control: 'the healthy system, for comparison',
    incident: 'the broken system, for comparison',
    fix: pager,
  }
  return { slug, title: `Exercise of ${learner}`, arms: arms.map((arm) => ({ ...arm, summary: summaries[arm.kind] ?? '' })) }
}

/** Adds the learner's changes to the report, as the difference of an arm. */
export const withChanges = (files: ScenarioFiles, changes: string): ScenarioFiles => ({
  ...files,
  differences: new Map([
    ...files.differences,
    [learnerArm, [{ file: 'what the learner changed', appliedAt: 'deploy' as const, text: changes }]],
  ]),
})

/** An arm's repair as text: its files, else its steps. */
export const repairText = (scenario: Scenario, files: ScenarioFiles, name: string): string => {
  const { summary = '', steps = [] } = scenario.arms[name] ?? {}
  const differences = files.differences.get(name) ?? []
  const done =
    differences.length === 0
      ? steps.map(({ what, apply, run, remedy }) => `# ${what}\n${textOf(files, apply ?? run) ?? remedy ?? ''}`)
      : []
  return [`# ${summary}`, ...differences.map(({ file, text }) => `# ${file}\n${text}`), ...done].join('\n')
}

const textOf = (files: ScenarioFiles, file: string | undefined): string | undefined =>
  file === undefined ? undefined : (files.applied.get(file)?.text ?? files.manifests.find((each) => each.file === file)?.text)
