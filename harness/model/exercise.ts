// A scenario as an exercise: texts for the learner, permissions, and the check of the repair.
import * as z from 'zod'
import { Moment } from './moment.ts'
import { Step } from './scenario.ts'

/** Rules of a ClusterRole. */
const Rights = z.strictObject({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
})

/** A script of the scenario that creates the initial state of a check, and its arguments. */
const Before = z.strictObject({
  run: z.string().regex(/^triggers\/[\w.-]+\.sh$/, 'a .sh file under triggers/'),
  args: z.array(z.string()).default([]),
})

/**
 * How a repair is measured. `again`: the lab triggers the incident again on the learner's system, with the steps and the end of this arm,
 * or these ends: a longer observation than the incident's must not look worse. Without `again` the lab judges the current state, with steps
 * that exercise it, for repairs that are actions instead of lasting changes.
 */
const Check = z.union([
  z.strictObject({ again: z.string(), until: z.array(Moment).optional(), before: z.array(Before).default([]) }),
  z.strictObject({ steps: z.array(Step), until: z.array(Moment), before: z.array(Before).default([]) }),
])

export const Exercise = z.strictObject({
  /** The page to the on-call engineer: the symptom, not the cause. */
  pager: z.string(),
  /** Where to look; what you should see there; the mechanism. */
  hints: z.tuple([z.string(), z.string(), z.string()]),
  /** The arm whose repair `lab workshop solution` shows and applies: its difference, else its steps. */
  solution: z.string(),
  /** Permissions outside of the exercise's namespace, besides reading nodes, PriorityClasses and StorageClasses. */
  rights: z.array(Rights).default([]),
  /** What to remember, a sentence each. */
  remember: z.array(z.string()).min(1),
  /** Of an episode. */
  story: z
    .strictObject({
      /** The incident has occurred when this is reached. */
      broken: Moment,
      check: Check,
    })
    .optional(),
})
export type Exercise = z.infer<typeof Exercise>

/** Gives an exercise file its type; loading validates it. */
export const defineExercise = (exercise: z.input<typeof Exercise>): z.input<typeof Exercise> => exercise
