// A kept cluster whose nodes run, but whose API server does not answer: an engine that has just started has just started them too.
import { readFile } from 'node:fs/promises'
import { docker } from '../../artifact/docker.ts'
import { waitFor } from '../../kube/wait.ts'
import { shapePath } from '../../places.ts'
import type { UpOptions } from '../provider.ts'
import { clusterName } from './kind.ts'
import { nodeEvidence, nodes, wake } from './nodes.ts'
import { connectOwn } from './owned.ts'
import { clusterReady } from './ready.ts'
import { podRange } from './shape.ts'
import { readStatus } from './status.ts'
import type { KindStatus } from './status.ts'

/** How to replace a cluster that was created to be kept. */
export const replaceNext = 'replace it with --replace, remove it with `lab down`, or create a second cluster with `--name NAME`'

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
  await wake((await nodes()).map(({ name }) => name)) // a paused node cannot say its address
  await restoreAddresses(options)
  const status = await step(`wait for cluster ${clusterName} to answer`, () =>
    waitFor(wait, async () => {
      const now = await readStatus()
      return now.state === 'broken' && now.mayRecover ? { notYet: now.why } : { value: now }
    }),
  )
  if (status.state === 'ready') {
    const range = podRange(await readFile(shapePath(status.shape), 'utf8'))
    await clusterReady(options, await connectOwn(), await nodes(), range)
  }
  return status
}

/**
 * A node keeps the address that it had when it was made, in the flags of its kubelet and of etcd. An engine that starts its nodes gives each the lowest
 * free address, in any order. Started again from the lowest one up, each has its own.
 */
const restoreAddresses = async ({ step }: UpOptions): Promise<void> => {
  const found = await Promise.all(
    (await nodes()).map(async ({ name }) => {
      const own = await docker([
        'exec',
        name,
        'sed',
        '--quiet',
        's/.*--node-ip=\\([0-9.]*\\).*/\\1/p',
        '/var/lib/kubelet/kubeadm-flags.env',
      ])
      const now = await docker(['inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name])
      return { name, own: own.trim(), now: now.trim() }
    }),
  )
  if (found.every(({ own, now }) => own === now)) return
  await step('start the nodes again, each at its own address', async () => {
    await docker(['stop', '--time', '5', ...found.map(({ name }) => name)])
    for (const { name } of found.toSorted((a, b) => a.own.localeCompare(b.own, 'en', { numeric: true })))
      await docker(['start', name])
  })
}
