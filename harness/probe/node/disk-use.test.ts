// Readings of a node's disk while its pods change.
import { execa } from 'execa'
import { expect, test } from 'vitest'
import type { NodeShell } from '../../model/node-shell.ts'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { outside } from './disk-use.ts'

const shell: NodeShell = { run: async (script) => (await execa('bash', ['-c', script])).stdout, close() {} }

test('a file that is gone while all are counted does not spoil the count', async () => {
  await fakeProgram(
    'du',
    `echo "du: cannot access '/var/lib/kubelet/pods/1': No such file or directory" >&2; echo '1234	/var'; exit 1`,
  )
  expect(await outside(shell)).toEqual({ nodeMib: 1234, hostMib: expect.any(Number) })
})

test('what cannot be counted at all is an error, and no number', async () => {
  await fakeProgram('du', 'exit 1')
  await expect(outside(shell)).rejects.toThrow("Could not look at the node's own disk")
})
