import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { thaw } from './frozen.ts'

/** A folder like the freezer's of cgroup v1, with these cgroups in these states. */
const freezerWith = async (states: Readonly<Record<string, string>>): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'lab-freezer-'))
  for (const [cgroup, state] of Object.entries(states)) {
    await mkdir(join(root, cgroup), { recursive: true })
    await writeFile(join(root, cgroup, 'freezer.state'), `${state}\n`)
  }
  return root
}

const stateOf = async (root: string, cgroup: string): Promise<string> =>
  (await readFile(join(root, cgroup, 'freezer.state'), 'utf8')).trim()

test('a frozen pod of the node is thawed, whichever driver names the cgroup of the node, and nothing of other containers is', async () => {
  const root = await freezerWith({
    'docker/node-id': 'THAWED',
    'docker/node-id/kubelet.slice/pod': 'FROZEN',
    'system.slice/docker-second-id.scope/pod': 'FROZEN',
    'docker/other-id/pod': 'FROZEN',
  })
  expect(await thaw(['node-id', 'second-id'], root)).toBe(2)
  expect(await stateOf(root, 'docker/node-id/kubelet.slice/pod')).toBe('THAWED')
  expect(await stateOf(root, 'system.slice/docker-second-id.scope/pod')).toBe('THAWED')
  expect(await stateOf(root, 'docker/other-id/pod')).toBe('FROZEN')
})

test('nothing is thawed where nothing is frozen, nor where there is no freezer', async () => {
  expect(await thaw(['node-id'], await freezerWith({ 'docker/node-id/pod': 'THAWED' }))).toBe(0)
  expect(await thaw(['node-id'], '/nowhere')).toBe(0)
})
