// Commands that are killed together with the Docker engine: once an engine runs again, the lab removes all leftovers.
import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { docker } from '../../artifact/docker.ts'
import { containerdPidPath } from '../../cluster/kind/engine.ts'
import { networkName } from '../../cluster/kind/kind.ts'
import { nodes, workers } from '../../cluster/kind/nodes.ts'
import { engineFolder } from '../../cluster/kind/own-engine.ts'
import { enginePidPath, stateDir } from '../../places.ts'
import { kill9, lab, said, sharedKube, temporaryFolder } from '../cluster/support.ts'
import { differences, inventory } from '../chaos/inventory.ts'
import type { Inventory } from '../chaos/inventory.ts'

const othersEngine = !existsSync(enginePidPath())

const cases = [
  { when: 'a cluster is made', words: ['http2-hot-pod', '--workers', '1'], heard: 'create cluster', ownCluster: true },
  { when: 'a scenario is measured', words: ['http2-hot-pod'], heard: 'measure', ownCluster: false },
  { when: 'nodes have a small disk', words: ['log-flood-disk-pressure'], heard: 'play', ownCluster: false },
]

test.skipIf(othersEngine).each(cases)(
  'while $when, a command, its watchdog and the engine are killed: `lab up` and `lab clean` leave nothing of it',
  async ({ words, heard, ownCluster }) => {
    const env = ownCluster ? { LAB_STATE: await temporaryFolder(), LAB_CLUSTER: 'lab-test-engine' } : {}
    if (ownCluster) onTestFinished(async () => void (await lab(['down', '--force', 'lab-test-engine'], env)))
    const shared = workers(await nodes()).length
    const before = await inventory(stateDir())
    const running = lab(['run', '--quick', '--arm', 'control', '--out', await temporaryFolder(), ...words], env)
    await said(running, heard)
    if (ownCluster) await aNodeIsThere()
    await kill9(running, 'killed, too')
    await killEngine()
    const told = await lab(['clean'], env)
    expect(told.exitCode, told.all).toBe(3)
    expect(told.all).toContain('so the lab cannot tell whether the cluster still exists')
    await upAgain(shared) // its nodes have gone with the engine
    const cleaned = await lab(['clean'], env)
    expect(cleaned.exitCode, cleaned.all).toBe(0)
    const left = async () => differences(unnumbered(before), unnumbered(await inventory(stateDir())))
    await expect.poll(left, { timeout: 60_000 }).toEqual([]) // nodes that are just made have passing taints and conditions
  },
)

test.skipIf(othersEngine)(
  '`lab clean` names and removes the firewall rule of a port that Docker forgot; rules for nodes and for other networks stay',
  async () => {
    const rules = async () => (await execa('iptables-save', ['--table', 'nat'])).stdout.match(/^-A POSTROUTING .*$/gm)
    const before = await rules()
    const nobody = await nobodysAddress()
    await publish(nobody)
    await publish('192.0.2.250')
    const listed = await lab(['clean', '--dry-run'])
    expect(listed.all).toContain(`firewall rule for port 6443 of ${nobody}`)
    expect(listed.all).not.toContain('192.0.2.250')
    const cleaned = await lab(['clean'])
    expect(cleaned.exitCode, cleaned.all).toBe(0)
    expect(await rules()).toEqual([...(before ?? []), expect.stringContaining('-s 192.0.2.250/32')])
  },
)

test.skipIf(othersEngine)(
  '`lab down --engine` removes volumes and firewall rules that Docker forgot, its shims and the network of the cluster; a volume with a name stays',
  async () => {
    const shared = workers(await nodes()).length
    const forgotten = await docker(['volume', 'create'])
    const named = await docker(['volume', 'create', 'lab-test-named'])
    onTestFinished(async () => void (await docker(['volume', 'rm', named])))
    const nobody = await nobodysAddress()
    await publish(nobody)
    const down = await lab(['down', '--engine'])
    expect(down.exitCode, down.all).toBe(0)
    expect(down.all).toContain('the Docker engine is stopped')
    expect((await execa('pgrep', ['--full', `${engineFolder}/`], { reject: false })).stdout).toBe('')
    expect((await execa('iptables-save', ['--table', 'nat'])).stdout).not.toContain(nobody)
    expect((await execa('ip', ['-brief', 'link', 'show', 'type', 'bridge'])).stdout).not.toContain('br-')
    await upAgain(shared)
    const volumes = (await docker(['volume', 'ls', '--quiet'])).split('\n')
    expect(volumes).toContain(named)
    expect(volumes).not.toContain(forgotten)
  },
)

test.skipIf(othersEngine)(
  'an engine that was killed is started again though other processes have the numbers of its own',
  async () => {
    const shared = workers(await nodes()).length
    await killEngine()
    await writeFile(enginePidPath(), `${process.pid}`)
    await writeFile(containerdPidPath, `${process.pid}`)
    await upAgain(shared)
    expect(await readFile(enginePidPath(), 'utf8')).not.toBe(`${process.pid}`)
  },
)

test.skipIf(othersEngine)(
  'a kept cluster outlives its engine, also beside nodes of others: `lab up` starts each node at its own address again, and what was in the cluster is still there',
  async () => {
    const there = async () => (await nodes()).map(({ id }) => id).toSorted()
    const before = await there()
    const object = { namespace: 'default', name: 'lab-test-outlives' }
    await sharedKube().core.createNamespacedConfigMap({ ...object, body: { metadata: object } })
    onTestFinished(async () => void (await sharedKube().core.deleteNamespacedConfigMap(object)))
    await makeNodesOfOthers(before.length)
    for (const end of [killEngine, stopEngine]) {
      await end()
      const up = await lab(['up'])
      expect(up.exitCode, up.all).toBe(0)
      expect(up.all).toContain('it already was')
      expect(await there()).toEqual(before)
      expect(await sharedKube().core.readNamespacedConfigMap(object)).toMatchObject({ metadata: object })
    }
  },
)

/** Containers in kind's usual network that start with the engine, as nodes of another cluster do. */
const makeNodesOfOthers = async (count: number): Promise<void> => {
  const isThere = (await docker(['network', 'ls', '--quiet', '--filter', 'name=^kind$'])) !== ''
  if (!isThere) {
    await docker(['network', 'create', 'kind'])
    onTestFinished(async () => void (await docker(['network', 'rm', 'kind'])))
  }
  const image = await docker(['inspect', '--format', '{{.Image}}', (await nodes())[0]?.id ?? ''])
  const words = ['run', '--detach', '--restart', 'always', '--network', 'kind', '--entrypoint', 'sleep', image, 'infinity']
  for (let made = 0; made < count; made += 1) {
    const id = await docker(words)
    onTestFinished(async () => void (await docker(['rm', '--force', id])))
  }
}

const endEngine = async (signal: 'SIGKILL' | 'SIGTERM', timeout: number): Promise<void> => {
  const engine = Number(await readFile(enginePidPath(), 'utf8'))
  process.kill(engine, signal)
  await expect.poll(() => existsSync(`/proc/${engine}`), { timeout }).toBe(false)
}

const killEngine = (): Promise<void> => endEngine('SIGKILL', 10_000)

/** As when the machine is shut down: it stops its containers first. */
const stopEngine = (): Promise<void> => endEngine('SIGTERM', 60_000)

const nat = (...words: string[]) => execa('iptables', ['--wait', '--table', 'nat', ...words], { reject: false })

/** The firewall rule by which a container at this address would reach its own port, until the test is over. */
const publish = async (address: string): Promise<void> => {
  const toItself = `POSTROUTING -s ${address} -d ${address} -p tcp --dport 6443 -j MASQUERADE`.split(' ')
  expect(await nat('--append', ...toItself)).toMatchObject({ exitCode: 0 })
  onTestFinished(async () => void (await nat('--delete', ...toItself)))
}

/** An address of the cluster's network that no container has. */
const nobodysAddress = async (): Promise<string> => {
  const subnets = await docker(['network', 'inspect', networkName, '--format', '{{range .IPAM.Config}}{{.Subnet}} {{end}}'])
  return `${/(\d+\.\d+\.\d+)\.\d+\//.exec(subnets)?.[1]}.250`
}

/** A new shared cluster, with as many workers as the old one had: a run that was killed may have left the nodes of that in any state. */
const upAgain = async (shared: number): Promise<void> => {
  const { exitCode, all } = await lab(['up', '--replace', '--workers', `${shared}`])
  expect(exitCode, all).toBe(0)
}

/** Of the cluster that is being made. */
const aNodeIsThere = async (): Promise<void> => {
  const containers = async () => (await inventory(stateDir()))['containers']
  await expect.poll(containers, { timeout: 60_000 }).toContain('lab-test-engine-control-plane')
}

/** A port that a container publishes, in Docker's own chains: the engine can forget it there when it is killed, and empties them when it starts the next time. */
const inDockersChains = /^-A DOCKER .*--dport/

/** A new cluster has other ids, addresses and ports than the one before it; there are as many of them. */
const unnumbered = (found: Inventory): Inventory =>
  Object.fromEntries(
    Object.entries(found).map(([kind, all]) => {
      const lines = all.filter((line) => !inDockersChains.test(line))
      return [kind, [...lines.map((line) => line.replaceAll(/[0-9a-f]{12,}|\d+/g, '#')), `${lines.length} in all`]]
    }),
  )
