import { expect, test } from 'vitest'
import type { NodeShell } from '../model/node-shell.ts'
import type { EpisodeTrial } from '../model/scenario.ts'
import { makeSmall } from './small-node.ts'
import type { NodeAccess } from './kubelet.ts'

/** A node that has nothing to revert, and on which the next script fails. */
const nodeThatRefuses = (signal: AbortSignal): NodeAccess => {
  const answers = ['\nstatus 0', 'mount: /run/incident-lab/small: permission denied.\n\nstatus 32']
  const shell: NodeShell = { run: async () => answers.shift() ?? '', close: () => {} }
  return { name: 'lab-worker', shell, signal } as NodeAccess
}

const asked = { size: 'small-disk', kubelet: {}, kubeletFlags: {} } satisfies Partial<EpisodeTrial['node']>

test('a node that cannot be made small is one that this machine cannot have: the scenario can be left out, with what the node said', async () => {
  const { signal } = new AbortController()
  await expect(makeSmall(nodeThatRefuses(signal), asked as EpisodeTrial['node'])).rejects.toMatchObject({
    message: 'lab-worker cannot be made small-disk',
    exit: 'cannotRun',
    details: {
      why: 'Could not give the node a small disk',
      evidence: ['mount: /run/incident-lab/small: permission denied.', '', 'status 32'],
      next: expect.stringContaining('mount file systems') as unknown,
    },
  })
})

test('what an interrupt cut short says nothing of the machine', async () => {
  const signal = AbortSignal.abort(new Error('interrupted'))
  await expect(makeSmall(nodeThatRefuses(signal), asked as EpisodeTrial['node'])).rejects.toMatchObject({ exit: 'unexpected' })
})
