// Where the time of a run goes: phases, and how work is marked as one.
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

/** What is done one after the other; every other lane is a node that runs episodes. */
export const runLane = 'run'

/** Does work as a phase. Within it another phase may begin: the outer one goes on when that is over. */
export type TimePhase = <T>(phase: Phase['phase'], work: () => Promise<T>) => Promise<T>

/** For work whose time nobody counts. */
export const uncounted: TimePhase = (_phase, work) => work()
