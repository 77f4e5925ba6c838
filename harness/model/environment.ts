// Where a run was measured: the lab, the cluster, its nodes, the machine.
import * as z from 'zod'
import { Platform } from './platform.ts'

export const Environment = z.strictObject({
  labVersion: z.string(),
  labCommit: z
    .string()
    .optional()
    .describe(
      'of the repository the lab ran from, with -dirty if its files were changed; unknown outside one, and for older runs',
    ),
  provider: z.string(),
  shape: z.string(),
  platform: Platform.optional().describe('how the cluster was configured besides its nodes; unknown for older runs'),
  kubernetes: z.string(),
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      kernel: z.string(),
      os: z.string(),
      containerRuntime: z.string(),
      kubelet: z.string(),
      cpus: z.number(),
      memoryBytes: z.number(),
    }),
  ),
  images: z.array(z.strictObject({ name: z.string(), from: z.string().describe('source of the image') })),
  host: z.strictObject({
    cpus: z.int(),
    cpuModel: z.string(),
    cpuMhz: z
      .number()
      .positive()
      .optional()
      .describe(
        'clock frequency at one moment of the run, as the operating system reports it; unknown where it does not, and for older runs',
      ),
    memoryBytes: z.number(),
    kernel: z.string(),
    os: z.string().optional().describe('operating system of the Docker engine, as it reports it; unknown for older runs'),
    cgroup: z.enum(['v1', 'v2']),
  }),
  dockerEngine: z.string(),
  node: z.string().describe('Node.js version of the harness'),
})
export type Environment = z.infer<typeof Environment>
