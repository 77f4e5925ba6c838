// A kept cluster whose nodes run, but whose API server does not answer: an engine that has just started has just started them too.
import { readFile } from 'node:fs/promises'
import { waitFor } from '../../kube/wait.ts'
import { shapePath } from '../../places.ts'
import type { UpOptions } from '../provider.ts'
import { workloadImageName } from './images.ts'
import { clusterName } from './kind.ts'
import { nodeEvidence, nodes } from './nodes.ts'
import { connectOwn } from './owned.ts'
import { clusterReady } from './ready.ts'
import { podRange } from './shape.ts'
import { readStatus } from './status.ts'
import type { KindStatus } from './status.ts'

/** How to replace a cluster that was created to be kept. */
export const replaceNext =
  'replace it with --replace, remove it with `lab down`, or create a second cluster with `--name NAME`'

/** Its state once it answers, and if it is the lab's, once its nodes and its network work again. Throws when `readyWithinMs` have passed without an answer. */
export const recovered = async (options: UpOptions): Promise<KindStatus> => {
  const { step, signal, readyWithinMs } = options
  const wait = {
    what: `the API server of cluster ${clusterName}, which was created to be kept, to answer`,
    deadlineMs: readyWithinMs,
    signal,
    exit: 'cannotRun' as const,
    evidence: nodeEvidence,
    next: `wait and try again; else ${replaceNext}`,
  }
  const status = await step(`wait for cluster ${clusterName} to answer`, () =>
    waitFor(wait, async () => {
      const now = await readStatus()
      return now.state === 'broken' && now.mayRecover ? { notYet: now.why } : { value: now }
    }),
  )
  if (status.state === 'ready') {
    const range = podRange(await readFile(shapePath(status.shape), 'utf8'))
    await clusterReady(options, await connectOwn(), await nodes(), range, `${workloadImageName}:current`)
  }
  return status
}
