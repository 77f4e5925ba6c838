// What took the CPU time of a host that was too busy for a verdict.
import * as z from 'zod'
import { Program } from './trial.ts'

const BusyCause = z.strictObject({
  cause: z.enum(['others', 'steal']).describe('processes outside the cluster; or the hypervisor, for other machines'),
  trials: z.int().min(1).describe('how many it spoiled'),
  from: z.number().describe("share of the host's CPU time that it took in the least affected of these trials"),
  to: z.number().describe('the same of the most affected one'),
  limits: z.array(z.number()).describe('shares that a trial may lose to it, by scenario'),
  programs: z
    .array(Program)
    .max(3)
    .describe('the largest programs, with their mean share in these trials and the process of the last one; empty: not known'),
})
export type BusyCause = z.infer<typeof BusyCause>

export const BusyHost = z
  .strictObject({
    sentence: z.string().describe('all of it in words, as every report shows it once'),
    causes: z.array(BusyCause).min(1).describe('first the one that spoiled most trials'),
    next: z.string().describe('what to do, with the command that measures again what has no verdict, and how long it takes'),
  })
  .describe('arms without a verdict because the host was busy have `because`; their trials have what each one met')
export type BusyHost = z.infer<typeof BusyHost>
