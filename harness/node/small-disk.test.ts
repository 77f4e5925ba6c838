// The script that makes a small disk, on a machine whose commands are made up: which loop devices it makes before it mounts one.
import { execa } from 'execa'
import { expect, test } from 'vitest'
import type { NodeAccess } from './kubelet.ts'
import { makeDiskSmall } from './small-disk.ts'

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
