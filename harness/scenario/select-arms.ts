// Which arms a run measures. Control and incident always: every verdict is a comparison with them.
import { LabError } from '../model/lab-error.ts'
import type { Scenario } from '../model/scenario.ts'
import { nearMiss } from './near-miss.ts'

export const selectArms = (scenario: Scenario, wanted: readonly string[] | undefined, mode: 'quick' | 'full'): string[] => {
  const known = Object.keys(scenario.arms)
  for (const name of wanted ?? []) {
    if (!known.includes(name))
      throw new LabError(`${scenario.slug} has no arm ${name}`, { exit: 'usage', why: nearMiss(name, known) })
  }
  const isCompared = (name: string): boolean => ['control', 'incident'].includes(scenario.arms[name]?.kind ?? '')
  const isMeant = (name: string): boolean => (wanted ? wanted.includes(name) : mode === 'full' || !scenario.arms[name]?.fullOnly)
  return known.filter((name) => isMeant(name) || isCompared(name))
}
