// What an arm can be and what a measurement can say of it.
import * as z from 'zod'

/** `control`: healthy. `incident`: broken. The others are remedies applied to the incident. */
export const ArmKind = z.enum(['control', 'incident', 'fix', 'mitigation', 'folk'])
export type ArmKind = z.infer<typeof ArmKind>

/**
 * The judged outcome of an arm.
 * control: `healthy`. incident: `reproduced` or `not-reproduced`.
 * remedies: `fixed` (cause gone and effect back within tolerance of control), `mitigated` (better than the incident,
 * cause still there), `no-effect`, `worse`. Any arm: `inconclusive`, when the evidence does not carry an answer.
 */
export const Verdict = z.enum([
  'healthy',
  'reproduced',
  'not-reproduced',
  'fixed',
  'mitigated',
  'no-effect',
  'worse',
  'inconclusive',
])
export type Verdict = z.infer<typeof Verdict>

const expectedOf: Record<ArmKind, Verdict> = {
  control: 'healthy',
  incident: 'reproduced',
  fix: 'fixed',
  mitigation: 'mitigated',
  folk: 'no-effect',
}

/** The verdict an arm gets when the world still is as the scenario says. */
export const expectedVerdict = (kind: ArmKind): Verdict => expectedOf[kind]
