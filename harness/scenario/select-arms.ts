// Which arms a run measures. Control and incident always: every verdict is a comparison with them.
import { isReference } from '../model/arm-kind.ts'
import { LabError } from '../model/lab-error.ts'
import type { Scenario } from '../model/scenario.ts'
import { nearMiss } from './near-miss.ts'

/** Arms of a scenario: the `wanted` ones that it has, else all arms of the mode. Throws a usage error for an unknown name. */
export const selectArms = (scenario: Scenario, wanted: readonly string[] | undefined, mode: 'quick' | 'full'): string[] =>
  selectArmsOfEach([scenario], wanted, mode).flat()

/**
 * Arms of each of several scenarios, in their order. A name in `wanted` selects the arm in every scenario that has it; a scenario that has
 * none of them is measured with control and incident alone. Throws a usage error if no scenario has an arm of that name.
 */
export const selectArmsOfEach = (
  scenarios: readonly Scenario[],
  wanted: readonly string[] | undefined,
  mode: 'quick' | 'full',
): string[][] => {
  const known = [...new Set(scenarios.flatMap(({ arms }) => Object.keys(arms)))]
  for (const name of wanted ?? []) {
    if (!known.includes(name))
      throw new LabError(
        `${scenarios.map(({ slug }) => slug).join(', ')} ${scenarios.length === 1 ? 'has' : 'have'} no arm ${name}`,
        { exit: 'usage', why: nearMiss(name, known), next: '`lab list` shows the arms of each scenario' },
      )
  }
  return scenarios.map(({ arms }) => {
    const isWanted = (name: string): boolean => (wanted ? wanted.includes(name) : mode === 'full' || !arms[name]?.fullOnly)
    return Object.entries(arms).flatMap(([name, { kind }]) => (isWanted(name) || isReference(kind) ? [name] : []))
  })
}

/** Names of the fixes and mitigations of these scenarios that a quick run has. */
export const repairsOf = (scenarios: readonly Scenario[]): string[] => {
  const arms = scenarios.flatMap((scenario) => Object.entries(scenario.arms))
  const isRepair = ({ kind, fullOnly }: Scenario['arms'][string]): boolean => ['fix', 'mitigation'].includes(kind) && !fullOnly
  return [...new Set(arms.filter(([, arm]) => isRepair(arm)).map(([name]) => name))]
}
