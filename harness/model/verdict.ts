// What an arm can be and what a measurement can say of it.
import * as z from 'zod'

/**
 * `control`: healthy. `incident`: broken. `variant`: the incident with one thing else, to show when its outcome differs. `trade-off`: what a remedy exposes the system to, compared with control.
 * The others are remedies applied to the incident.
 */
export const ArmKind = z.enum(['control', 'incident', 'fix', 'mitigation', 'folk', 'trade-off', 'variant'])
export type ArmKind = z.infer<typeof ArmKind>

/**
 * The judged outcome of an arm.
 * control: `healthy`. incident and variants: `reproduced` or `not-reproduced`.
 * remedies: `fixed` (cause gone and effect back within tolerance of control), `mitigated` (better than the incident,
 * cause still there), `no-effect`, `worse`. trade-offs: `harmed` or `unharmed`, against control. Any arm: `inconclusive`, when the evidence does not carry an answer.
 */
export const Verdict = z.enum([
  'healthy',
  'reproduced',
  'not-reproduced',
  'fixed',
  'mitigated',
  'no-effect',
  'worse',
  'harmed',
  'unharmed',
  'inconclusive',
])
export type Verdict = z.infer<typeof Verdict>

const expectedOf: Record<ArmKind, Verdict> = {
  control: 'healthy',
  incident: 'reproduced',
  fix: 'fixed',
  mitigation: 'mitigated',
  folk: 'no-effect',
  'trade-off': 'harmed',
  variant: 'not-reproduced',
}

/** The verdict an arm gets when the world still is as the scenario says; a trade-off or a variant can state its own. */
export const expectedVerdict = ({ kind, expected }: { kind: ArmKind; expected?: Verdict | undefined }): Verdict =>
  expected ?? expectedOf[kind]
