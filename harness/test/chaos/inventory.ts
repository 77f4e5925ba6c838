// Everything on this machine that a command of the lab can leave behind, by kind: compared before and after.
import { readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { cacheDir } from '../../artifact/cache.ts'
import { enginePidPath, stateDir } from '../../places.ts'
import { nodeState, root } from '../cluster/support.ts'

export type Inventory = Readonly<Record<string, readonly string[]>>

/** `state`: state folder of the command, which may be another than that of the shared cluster. */
export const inventory = async (state: string): Promise<Inventory> => ({
  containers: await lines('docker', ['ps', '--all', '--format', '{{.Names}}']),
  volumes: await lines('docker', ['volume', 'ls', '--format', '{{.Name}}']),
  networks: await lines('docker', ['network', 'ls', '--format', '{{.Name}}']),
  'images of others': (await lines('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])).filter(
    (name) => !name.startsWith('incident-lab/'),
  ),
  processes: await processes(),
  mounts: (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? ''),
  'loop devices': await lines('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE']),
  'firewall rules': (await lines('iptables-save', [])).filter((line) => line.startsWith('-A')),
  'files of the cache': (await readdir(cacheDir())).filter((name) => name !== 'node'),
  'files of the state folder': (await readdir(state)).filter((name) => !ofEveryCommand.has(name)),
  'temporary files': (await readdir(tmpdir())).filter((name) => /^(?!lab-test-)(lab|kind|incident)/.test(name)), // those are of the tests
  inotify: [await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8')],
  'shared cluster': Object.entries(await nodeState()).flatMap(([kind, found]) =>
    [found].flat().map((each) => `${kind}: ${JSON.stringify(each)}`),
  ),
})

/** The last command, and the log of a clean-up; kind's cluster-less kubeconfig; folders with the same for other names. */
const ofEveryCommand: ReadonlySet<string> = new Set([
  'work.json',
  'work.lock',
  'work.lock-journal',
  'clean.log',
  'kubeconfig',
  'dockerd.log',
  'named',
])

/** New and missing items, a line each. */
export const differences = (before: Inventory, after: Inventory): string[] =>
  Object.entries(before).flatMap(([kind, were]) => {
    const are = after[kind] ?? []
    return [
      ...are.filter((each) => !were.includes(each)).map((each) => `${kind}: ${each} is left`),
      ...were.filter((each) => !are.includes(each)).map((each) => `${kind}: ${each} is gone`),
    ]
  })

const lines = async (program: string, words: readonly string[]): Promise<string[]> => {
  const { stdout } = await execa(program, words)
  return stdout.split('\n').filter(Boolean).toSorted()
}

/** Of this checkout of the lab: processes that run one of its programs, or name one of its folders or nodes. The engine stays, and so do the nodes of the shared cluster. */
const processes = async (): Promise<string[]> => {
  const engine = (await readFile(enginePidPath(), 'utf8').catch(() => '')).trim()
  const all = await lines('ps', ['-eo', 'pid=,args='])
  const own = all.map((line) => /^\s*(\d+) (.*)$/.exec(line)).filter((match) => match !== null)
  return own
    .filter(([, pid]) => pid !== engine && pid !== String(process.pid))
    .map(([, , words = '']) => words)
    .filter(
      (words) =>
        /docker exec|mmdebstrap|apt-get/.test(words) ||
        [join(root, 'harness/cli'), join(cacheDir(), 'kind-'), stateDir()].some((path) => words.includes(path)),
    )
    .filter((words) => !/vitest|containerd/.test(words))
}
