// What a workshop makes of a scenario: what the learner is told, what may be done, and how what was done is measured.
import * as z from 'zod'
import { Moment } from './moment.ts'
import { Step } from './scenario.ts'

/** As in a ClusterRole. */
const Rights = z.strictObject({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
})

/** A script of the scenario that brings about what a check begins with, and its arguments. */
const Before = z.strictObject({
  run: z.string().regex(/^triggers\/[\w.-]+\.sh$/, 'a .sh file under triggers/'),
  args: z.array(z.string()).default([]),
})

/**
 * How a repair is measured. `again`: the incident is made to happen once more to what the learner has left, with the steps of this arm and its end,
 * or these ends: what is only watched for longer than the incident must not look worse. Without `again` what is there now is judged, by steps
 * that ask it something: the repair is a thing that is done, not one that stays.
 */
const Check = z.union([
  z.strictObject({ again: z.string(), until: z.array(Moment).optional(), before: z.array(Before).default([]) }),
  z.strictObject({ steps: z.array(Step), until: z.array(Moment), before: z.array(Before).default([]) }),
])

export const Exercise = z.strictObject({
  /** What somebody who is called at night reads: the symptom, and not the cause. */
  pager: z.string(),
  /** Where to look; what you should see there; what the mechanism is. */
  hints: z.tuple([z.string(), z.string(), z.string()]),
  /** The arm whose repair is shown and applied by `lab workshop solution`: its difference, or where it has none its steps. */
  solution: z.string(),
  /** What the learner may do outside of the exercise's namespace, besides looking at nodes, PriorityClasses and StorageClasses. */
  rights: z.array(Rights).default([]),
  /** To take home, a sentence each. */
  remember: z.array(z.string()).min(1),
  /** Of an episode. */
  story: z
    .strictObject({
      /** The incident is there when this has come. */
      broken: Moment,
      check: Check,
    })
    .optional(),
})
export type Exercise = z.infer<typeof Exercise>

/** Types an exercise as it is written; it is checked when it is loaded. */
export const defineExercise = (exercise: z.input<typeof Exercise>): z.input<typeof Exercise> => exercise
