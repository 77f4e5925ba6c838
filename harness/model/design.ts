// The design of the measurement of a scenario, as a value: what is deployed, which trial comes when, when it may stop. Known before the first trial.
import * as z from 'zod'

/** An analysis at which the run may stop for an arm. */
export const Look = z.strictObject({
  blocks: z.int().min(1).describe('after this many blocks'),
  share: z.number().positive().max(1).describe("share of the arm's error that this look spends (Bonferroni over looks)"),
})
export type Look = z.infer<typeof Look>

/** A copy of an arm, deployed by itself. */
export const Deployment = z.strictObject({
  arm: z.string(),
  replica: z.int().min(0).describe('0, or 1 for the second deployment of control'),
  needs: z.array(z.string()).describe('what it needs besides a worker: add-ons, and nodes of a size'),
})
export type Deployment = z.infer<typeof Deployment>

export const PlannedTrial = z.strictObject({
  arm: z.string(),
  replica: z.int().min(0).describe('which deployment of the arm'),
  block: z.int().min(0),
  floorMs: z.number().describe('minimum duration: its windows, and the timers that its story waits for'),
})
export type PlannedTrial = z.infer<typeof PlannedTrial>

/** A deployment, as a place of trials names it. */
export type Copy = Pick<PlannedTrial, 'arm' | 'replica'>

/** The name of a deployment: `control`, and its second one `control 2`. */
export const copyName = ({ arm, replica }: Copy): string => (replica > 0 ? `${arm} ${replica + 1}` : arm)

/** The place of a trial in its design. */
export const slotOf = ({ arm, replica, block }: PlannedTrial) => ({ arm, replica, block })

export const Design = z
  .strictObject({
    deployments: z.array(Deployment).describe('redeployed for each block'),
    trials: z.array(PlannedTrial).describe('in order; block after block under steady load, as nodes become free for episodes'),
    looks: z.array(Look).min(1).describe('an arm whose verdict is decided at a look leaves; the last look is the end'),
    seconds: z.number().describe('expected duration, without builds and the cluster'),
    floorSeconds: z.number().describe('of these: windows and timers alone'),
  })
  .describe('the design of the measurement, made before its first trial')
export type Design = z.infer<typeof Design>
