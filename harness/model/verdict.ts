// Verdicts about an arm.
import * as z from 'zod'

/**
 * The judged outcome of an arm.
 * control: `healthy`. incident and variants: `reproduced` or `not-reproduced`.
 * remedies: `fixed` (cause gone and effect back within tolerance of control), `mitigated` (better than the incident,
 * cause still there), `no-effect`, `worse`. trade-offs: `harmed` or `unharmed`, against control. Any arm: `inconclusive`, if the evidence is not enough.
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

/** In how many runs chance may give any wrong verdict under steady load, at most. */
export const errorOfRun = 0.05
