// Phases: where the time of a run goes.
import * as z from 'zod'

export const Phase = z
  .strictObject({
    phase: z.enum(['images', 'cluster', 'add-ons', 'prepare', 'deploy', 'calibrate', 'wait', 'load', 'clean-up']),
    lane: z.string().describe('`run`: one after the other; else the node that played episodes, side by side with other nodes'),
    scenario: z.nullable(z.string()).describe('null: for all of them'),
    fromMs: z.number().describe('from the start of the run'),
    toMs: z.number(),
  })
  .describe('what a lane of the run was busy with; phases of a lane do not overlap')
export type Phase = z.infer<typeof Phase>

/** The sequential lane; every other lane is a node that runs episodes. */
export const runLane = 'run'

/** Times work as a phase. Another phase may begin within it; the outer one continues after that. */
export type TimePhase = <T>(phase: Phase['phase'], work: () => Promise<T>) => Promise<T>

/** For work that is not timed. */
export const uncounted: TimePhase = (_phase, work) => work()
