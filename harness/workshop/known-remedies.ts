// Matches the learner's changes with the known remedies of the scenario, by the resulting objects.
import { nameOf } from '../kube/client.ts'
import type { Manifest } from '../kube/client.ts'
import { expectedVerdict, kindOf } from '../model/arm-kind.ts'
import { armOfKind } from '../model/scenario.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Verdict } from '../model/verdict.ts'
import { changesIn, written } from './objects.ts'

export interface KnownRemedy {
  readonly arm: string
  readonly summary: string
  readonly expected: Verdict
  readonly costs: readonly string[]
  /** Its differences from the incident, from `changesIn`. */
  readonly changes: readonly string[]
}

/** Remedies that change objects; a command leaves nothing to compare. */
export const knownRemedies = (scenario: Scenario, manifestsOf: (arm: string) => readonly Manifest[]): KnownRemedy[] => {
  const objectsOf = (arm: string) => new Map(manifestsOf(arm).map((object) => [nameOf(object), written(object)]))
  const incident = objectsOf(armOfKind(scenario, 'incident'))
  return Object.entries(scenario.arms)
    .filter(([, { kind }]) => kindOf(kind).isRemedy)
    .map(([name, arm]) => ({
      arm: name,
      summary: arm.summary,
      expected: expectedVerdict(arm),
      costs: arm.costs,
      changes: changesIn(incident, objectsOf(name)),
    }))
    .filter(({ changes }) => changes.length > 0)
}

/** The remedy of which the learner made every change; of several, the one with most changes and equal values. Null: none. */
export const matchKnownRemedy = (changes: readonly string[], known: readonly KnownRemedy[]): KnownRemedy | null => {
  const own = new Set(traitsOf(changes))
  const alike = known.filter((remedy) => traitsOf(remedy.changes).every((trait) => own.has(trait)))
  const same = (remedy: KnownRemedy): number => remedy.changes.filter((line) => changes.includes(line)).length
  return alike.toSorted((a, b) => b.changes.length - a.changes.length || same(b) - same(a))[0] ?? null
}

/** Changes without their values: `made PodDisruptionBudget`, `Deployment/server spec.replicas changed`. */
const traitsOf = (changes: readonly string[]): string[] => {
  let object = ''
  return changes.flatMap((line) => {
    const [what = '', name = ''] = line.trim().split(' ')
    if (!line.startsWith(' ')) {
      object = name
      return what === 'made' ? [`made ${name.split('/')[0]}`] : what === 'deleted' ? [`deleted ${name}`] : []
    }
    const became = line.endsWith('→ nothing') ? 'removed' : line.includes(': nothing →') ? 'added' : 'changed'
    return [`${object} ${what.replace(/:$/, '')} ${became}`]
  })
}
