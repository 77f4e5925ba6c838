// What looks for things that stay is tested itself: one of each kind is left on purpose, and is found.
import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { cacheDir } from '../../artifact/cache.ts'
import { stateDir } from '../../places.ts'
import { sharedKube, temporaryFolder } from '../cluster/support.ts'
import { differences, inventory } from './inventory.ts'

/** Each is undone by a function of its own. */
type Plant = () => Promise<() => unknown>

const run = (words: string): Promise<{ stdout: string }> => execa({ shell: true })`${words}`
const by =
  (plant: string, undo: string): Plant =>
  async () => {
    await run(plant)
    return () => run(undo)
  }

const file = async (folder: string): Promise<() => unknown> => {
  const path = join(folder, 'incident-planted')
  await writeFile(path, '')
  return () => rm(path)
}

const anyImage = async (): Promise<string> => {
  const { stdout } = await run('docker image ls --format "{{.Repository}}:{{.Tag}}"')
  return stdout.split('\n').find((name) => name.startsWith('incident-lab/')) ?? ''
}

const inotify = '/proc/sys/fs/inotify/max_user_instances'

const plants: Readonly<Record<string, Plant>> = {
  containers: async () => {
    await run(`docker create --name lab-planted ${await anyImage()} true`)
    return () => run('docker rm lab-planted')
  },
  volumes: by('docker volume create lab-planted', 'docker volume rm lab-planted'),
  networks: by('docker network create lab-planted', 'docker network rm lab-planted'),
  'images of others': async () => {
    await run(`docker tag ${await anyImage()} somebody/planted:1`)
    return () => run('docker image rm somebody/planted:1')
  },
  processes: async () => {
    const left = spawn('sleep', ['600'], { argv0: 'docker exec', stdio: 'ignore' })
    return () => left.kill()
  },
  mounts: async () => {
    const folder = await temporaryFolder()
    await run(`mount -t tmpfs planted ${folder}`)
    return () => run(`umount ${folder}`)
  },
  'loop devices': async () => {
    const disk = join(await temporaryFolder(), 'planted')
    const { stdout } = await run(`truncate -s 1M ${disk} && losetup --find --show ${disk}`)
    return () => run(`losetup --detach ${stdout}`)
  },
  'firewall rules': by(
    'iptables -N LAB-PLANTED && iptables -A LAB-PLANTED -j RETURN',
    'iptables -F LAB-PLANTED && iptables -X LAB-PLANTED',
  ),
  'files of the cache': () => file(cacheDir()),
  'files of the state folder': () => file(stateDir()),
  'temporary files': () => file(tmpdir()),
  inotify: async () => {
    const usual = await readFile(inotify, 'utf8')
    await writeFile(inotify, `${Number(usual) + 1}`)
    return () => writeFile(inotify, usual)
  },
  'shared cluster': async () => {
    await sharedKube().core.createNamespace({ body: { metadata: { name: 'lab-planted' } } })
    return () =>
      run(`docker exec incident-lab-control-plane kubectl --kubeconfig /etc/kubernetes/admin.conf delete namespace lab-planted`)
  },
}

test('each kind of thing that can stay has one planted', async () => {
  expect(Object.keys(plants)).toEqual(Object.keys(await inventory(stateDir())))
})

test.each(Object.entries(plants))('one of the %s that stays is found, and nothing is once it is gone', async (kind, plant) => {
  const before = await inventory(stateDir())
  const undo = await plant()
  const after = await inventory(stateDir()).finally(undo)
  const found = differences(before, after).filter((line) => line.startsWith(`${kind}: `) && line.endsWith(' is left'))
  expect(found).not.toEqual([])
  expect(differences(before, await inventory(stateDir()))).toEqual([])
})
