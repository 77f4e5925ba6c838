// Messages between the process of an exercise and the other commands: lines of JSON.
import * as z from 'zod'
import { exitCodes } from '../model/lab-error.ts'
import type { Exit } from '../model/lab-error.ts'
import { Verdict } from '../model/verdict.ts'

const Refusal = z.strictObject({
  message: z.string(),
  why: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  next: z.string().optional(),
  exit: z.enum(Object.keys(exitCodes) as [Exit, ...Exit[]]),
})
export type Refusal = z.infer<typeof Refusal>

/** Start, progress and end of a step; the last line is the result or the error. */
export const Message = z.union([
  z.strictObject({ begins: z.string() }),
  z.strictObject({ says: z.string() }),
  z.strictObject({ ends: z.string(), hasFailed: z.boolean() }),
  z.strictObject({ result: z.unknown() }),
  z.strictObject({ error: Refusal }),
])
export type Message = z.infer<typeof Message>

/** Address of the running exercise. */
export const Address = z.strictObject({
  pid: z.int(),
  port: z.int(),
  /** Proves that the client is the same user, or got the token from that user. */
  token: z.string(),
})
export type Address = z.infer<typeof Address>

/** Result of a check. */
export const Checked = z.strictObject({
  verdict: Verdict,
  /** The verdict in a sentence, with its numbers. */
  reason: z.string(),
  /** What the learner changed, a line each. */
  changes: z.array(z.string()),
  /** The known remedy that these changes match; null: none. */
  like: z
    .nullable(z.strictObject({ arm: z.string(), summary: z.string(), expected: Verdict, costs: z.array(z.string()) }))
    .default(null),
  /** Folder of its report; in a record, relative to it. */
  report: z.string(),
})
export type Checked = z.infer<typeof Checked>

/** Status of an exercise. */
export const ExerciseStatus = z.strictObject({
  learner: z.string(),
  since: z.iso.datetime(),
  pager: z.string(),
  /** The latest results of the client, in words. */
  client: z.string(),
  /** Number of hints used. */
  hints: z.int(),
  checks: z.array(Checked),
  /** Address of the live page. */
  live: z.string(),
})
export type ExerciseStatus = z.infer<typeof ExerciseStatus>

export const Hint = z.strictObject({ hint: z.string(), number: z.int() })
export type Hint = z.infer<typeof Hint>

/** A known repair, and what to remember. */
export const Solution = z.strictObject({ text: z.string(), remember: z.array(z.string()) })
export type Solution = z.infer<typeof Solution>
