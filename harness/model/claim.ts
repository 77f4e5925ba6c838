// What an article says, and what the lab found of it: `claims.ts` in a scenario's folder.
import * as z from 'zod'
import { Name } from './scenario.ts'

const Claim = z
  .strictObject({
    /** In the lab's words, one sentence. */
    says: z.string(),
    /** `partly`: in some of its cases. `not-shown`: not measured, and `how` says why. */
    answer: z.enum(['reproduced', 'refuted', 'partly', 'not-shown']),
    /** The arms that show it. */
    arms: z.array(Name).default([]),
    /** What was seen, or why it was not looked at. */
    how: z.string(),
  })
  .refine(({ answer, arms }) => (answer === 'not-shown') === (arms.length === 0), {
    path: ['arms'],
    message: 'the arms that show it; none where it is not shown',
  })
export type Claim = z.infer<typeof Claim>
export const Claims = z.array(Claim)

/** What an article says of the incident of this scenario, sentence by sentence. */
export const defineClaims = (claims: readonly z.input<typeof Claim>[]): readonly z.input<typeof Claim>[] => claims
