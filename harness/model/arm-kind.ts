// The kinds of arm, in one table. For a new kind add a line here; the compiler finds the other places.
import * as z from 'zod'
import type { Expectations } from './rule.ts'
import type { Verdict } from './verdict.ts'

interface KindOfArm {
  /** Purpose of such an arm. */
  readonly means: string
  /** Verdicts with rules, best first. */
  readonly byRules: readonly (Verdict & keyof Expectations)[]
  /** The verdict if the rules of none of them hold. */
  readonly otherwise: Verdict
  /** The verdict that the scenario expects; several: each arm states its own. */
  readonly expected: readonly [Verdict, ...Verdict[]]
  /** Whether it is compared with the incident, which must then be reproduced. */
  readonly isRemedy?: true
}

const remedy = { byRules: ['fixed', 'mitigated', 'worse'], otherwise: 'no-effect', isRemedy: true } as const
const incidentOutcome = { byRules: ['reproduced'], otherwise: 'not-reproduced' } as const

const armKinds = {
  control: { means: 'healthy system, same load', byRules: ['healthy'], otherwise: 'inconclusive', expected: ['healthy'] },
  incident: { means: 'the fault, nothing repaired', ...incidentOutcome, expected: ['reproduced'] },
  fix: { means: 'a remedy that should remove the cause', ...remedy, expected: ['fixed'] },
  mitigation: { means: 'a remedy that should reduce the effect', ...remedy, expected: ['mitigated'] },
  folk: { means: 'a common attempt that does not help', ...remedy, expected: ['no-effect'] },
  'trade-off': {
    means: 'a risk of a remedy',
    byRules: ['harmed'],
    otherwise: 'unharmed',
    expected: ['harmed', 'unharmed'],
  },
  variant: { means: 'the incident with one difference', ...incidentOutcome, expected: ['not-reproduced', 'reproduced'] },
} as const satisfies Readonly<Record<string, KindOfArm>>

export type ArmKind = keyof typeof armKinds
export const ArmKind = z.enum(Object.keys(armKinds) as [ArmKind, ...ArmKind[]])

export const kindOf = (kind: ArmKind): KindOfArm => armKinds[kind]

/** The expected verdict of an arm. */
export const expectedVerdict = ({ kind, expected }: { kind: ArmKind; expected?: Verdict | undefined }): Verdict =>
  expected ?? kindOf(kind).expected[0]

/** The arm of a kind that occurs exactly once in a scenario; undefined if the run does not include it. */
export const armOfKind = <Arm extends { readonly kind: ArmKind }>(
  { arms }: { readonly arms: readonly Arm[] },
  kind: 'control' | 'incident',
): Arm | undefined => arms.find((arm) => arm.kind === kind)

/** Whether the verdicts of all other arms are relative to it. */
export const isReference = (kind: ArmKind): boolean => kind === 'control' || kind === 'incident'
