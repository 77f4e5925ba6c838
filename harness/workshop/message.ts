// What passes between the process that holds an exercise and the commands that ask something of it: lines of JSON.
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

/** A step begins or ends, with what it says meanwhile; the last line is the result or the error. */
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
  /** Its holder is the same user, or got it from that user. */
  token: z.string(),
})
export type Address = z.infer<typeof Address>

/** What came of a check. */
export const Checked = z.strictObject({
  verdict: Verdict,
  /** The verdict in a sentence, with the numbers it rests on. */
  reason: z.string(),
  /** What the learner changed, a line each. */
  changes: z.array(z.string()),
  /** The known remedy that these changes are like; null: none. */
  like: z
    .nullable(z.strictObject({ arm: z.string(), summary: z.string(), expected: Verdict, costs: z.array(z.string()) }))
    .default(null),
  /** Folder of its report; in a record a folder beside it. */
  report: z.string(),
})
export type Checked = z.infer<typeof Checked>

/** How an exercise stands. */
export const ExerciseStatus = z.strictObject({
  learner: z.string(),
  since: z.iso.datetime(),
  pager: z.string(),
  /** What the client got last, in words. */
  client: z.string(),
  /** How many were asked for. */
  hints: z.int(),
  checks: z.array(Checked),
  /** Address of the live page. */
  live: z.string(),
})
export type ExerciseStatus = z.infer<typeof ExerciseStatus>

export const Hint = z.strictObject({ hint: z.string(), number: z.int() })
export type Hint = z.infer<typeof Hint>

/** A known repair, and what to take home. */
export const Solution = z.strictObject({ text: z.string(), remember: z.array(z.string()) })
export type Solution = z.infer<typeof Solution>
