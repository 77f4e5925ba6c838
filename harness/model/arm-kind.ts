// What an arm can be: one table. A new kind is a line here, and the compiler says what else has to know it.
import * as z from 'zod'
import type { Expectations } from './rule.ts'
import type { Verdict } from './verdict.ts'

interface KindOfArm {
  /** What such an arm is there for. */
  readonly means: string
  /** The verdicts that rules can give it, the best one first. */
  readonly byRules: readonly (Verdict & keyof Expectations)[]
  /** The verdict that is left when the rules of none of them hold. */
  readonly otherwise: Verdict
  /** The verdict it gets when the world still is as the scenario says; several: each arm states its own. */
  readonly expected: readonly [Verdict, ...Verdict[]]
  /** Whether it is compared with an incident, which has to be reproduced for that. */
  readonly isRemedy?: true
}

const remedy = { byRules: ['fixed', 'mitigated', 'worse'], otherwise: 'no-effect', isRemedy: true } as const
const incidentOutcome = { byRules: ['reproduced'], otherwise: 'not-reproduced' } as const

const armKinds = {
  control: { means: 'healthy system, same load', byRules: ['healthy'], otherwise: 'inconclusive', expected: ['healthy'] },
  incident: { means: 'the fault, nothing repaired', ...incidentOutcome, expected: ['reproduced'] },
  fix: { means: 'is said to remove the cause', ...remedy, expected: ['fixed'] },
  mitigation: { means: 'is said to make it milder', ...remedy, expected: ['mitigated'] },
  folk: { means: 'what people try that does not help', ...remedy, expected: ['no-effect'] },
  'trade-off': {
    means: 'what a remedy exposes the system to',
    byRules: ['harmed'],
    otherwise: 'unharmed',
    expected: ['harmed', 'unharmed'],
  },
  variant: { means: 'the incident with one thing else', ...incidentOutcome, expected: ['not-reproduced', 'reproduced'] },
} as const satisfies Readonly<Record<string, KindOfArm>>

export type ArmKind = keyof typeof armKinds
export const ArmKind = z.enum(Object.keys(armKinds) as [ArmKind, ...ArmKind[]])

export const kindOf = (kind: ArmKind): KindOfArm => armKinds[kind]

/** The verdict that is expected of an arm. */
export const expectedVerdict = ({ kind, expected }: { kind: ArmKind; expected?: Verdict | undefined }): Verdict =>
  expected ?? kindOf(kind).expected[0]

/** The arm of a kind that a scenario has exactly one of; undefined where it was not chosen for the run. */
export const armOfKind = <Arm extends { readonly kind: ArmKind }>(
  { arms }: { readonly arms: readonly Arm[] },
  kind: 'control' | 'incident',
): Arm | undefined => arms.find((arm) => arm.kind === kind)
