// What is read of a node's disk while pods come and go on it.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import type { NodeShell } from '../../model/node-shell.ts'
import { outside } from './disk-use.ts'

/** This machine's shell, with another `du`. */
const shellWith = async (du: string): Promise<NodeShell> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-test-'))
  await writeFile(join(folder, 'du'), `#!/bin/sh\n${du}\n`, { mode: 0o755 })
  const env = { PATH: `${folder}:${process.env['PATH']}` }
  return { run: async (script) => (await execa('bash', ['-c', script], { env })).stdout, close() {} }
}

test('a file that is gone while all are counted does not spoil the count', async () => {
  const shell = await shellWith(
    `echo "du: cannot access '/var/lib/kubelet/pods/1': No such file or directory" >&2; echo '1234	/var'; exit 1`,
  )
  expect(await outside(shell)).toEqual({ nodeMib: 1234, hostMib: expect.any(Number) })
})

test('what cannot be counted at all is an error, and no number', async () => {
  const shell = await shellWith('exit 1')
  await expect(outside(shell)).rejects.toThrow("Could not look at the node's own disk")
})
