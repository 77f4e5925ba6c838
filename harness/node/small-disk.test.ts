// The script that makes a small disk, on a machine whose commands are made up: which loop devices it makes before it mounts one, and what follows if it cannot.
import { execa } from 'execa'
import { expect, test } from 'vitest'
import type { NodeAccess } from './kubelet.ts'
import { makeDiskSmall } from './small-disk.ts'
import { makeSmall } from './small-node.ts'

/** The first script that is sent to a node. */
const scriptOf = async (): Promise<string> => {
  const sent: string[] = []
  const run = (script: string): Promise<string> => {
    sent.push(script)
    return Promise.reject(new Error('no node'))
  }
  const node = { shell: { run, close: () => {} } } as unknown as NodeAccess
  await expect(makeDiskSmall(node, { fields: {}, flags: {} })).rejects.toThrow('no node')
  return sent[0] ?? ''
}

const commands = `made=
losetup() { echo /dev/loop4000; }
mknod() { made="$made $6"; }
chmod() { :; }; mkdir() { :; }; rm() { :; }; fallocate() { :; }; mkfs.ext4() { :; }
mount() { [ "$1 $2" != '-o loop' ] || { echo "loop devices:$made" >&3; made=; }; }
`

test('a machine whose first 32 loop devices are taken gets the next free ones: the disk is no tmpfs for lack of a device', async () => {
  const { stdout } = await execa('bash', ['-c', `exec 3>&1\n${commands}${await scriptOf()}`])
  const [, devices = ''] = /^loop devices:(.*)$/m.exec(stdout) ?? []
  const numbers = devices.trim().split(' ').map(Number)
  for (const wanted of [4000, 4001, 4031]) expect(numbers).toContain(wanted)
  expect(stdout).toContain('disk loop')
})

test('a node on which nothing can be mounted is refused by name before its kubelet is touched, with the step that failed: the lab cannot run there', async () => {
  const sent: string[] = []
  const run = async (script: string): Promise<string> => {
    sent.push(script)
    if (!script.includes('mount_small')) return '\nstatus 0' // there is nothing to revert
    return (await execa('bash', ['-c', `${commands}mount() { echo "mount: not permitted"; return 32; }\n${script}`])).stdout
  }
  const node = {
    name: 'worker-1',
    shell: { run, close: () => {} },
    signal: new AbortController().signal,
  } as unknown as NodeAccess
  await expect(makeSmall(node, { size: 'small-disk', kubelet: {}, kubeletFlags: {} })).rejects.toMatchObject({
    message: 'worker-1 cannot be made small-disk',
    exit: 'cannotRun',
    details: {
      why: 'Could not give the node a small disk',
      evidence: expect.arrayContaining(['mount: not permitted', 'status 32']) as unknown,
    },
  })
  expect(sent).toHaveLength(2)
})
