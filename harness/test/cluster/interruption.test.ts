// Commands that are cut off, at any point and in any way, leave nothing that stands in the way.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { isThere } from '../../places.ts'
import {
  changedScenario,
  cleansUp,
  ctrlC,
  kill9,
  lab,
  measured,
  labNamespaces,
  nodeState,
  readRun,
  runOfEpisodes,
  untilBothArePlayed,
  untilNodesAre,
  waitUntilSome,
  said,
  temporaryFolder,
  typed,
  statusOf,
} from './support.ts'

const containersOf = async (cluster: string): Promise<string> =>
  (await execa('docker', ['ps', '--all', '--quiet', '--filter', `label=io.x-k8s.kind.cluster=${cluster}`])).stdout

/** Another cluster than the shared one, with files of its own. */
const another = async (name: string) => ({ LAB_CLUSTER: name, LAB_STATE: await temporaryFolder() })

test('Ctrl-C during trials: exit 130, the cluster is as it was, finished trials are judged and reported', async () => {
  const [before, out] = [await nodeState(), await temporaryFolder()]
  const running = typed(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out])
  await said(running, 'measure')
  await aTrialIsOnDisk(out)
  ctrlC(running)
  expect(statusOf(await running)).toBe(130)
  await untilNodesAre(before)
  const run = await readRun(out)
  expect(run.finishedAt).toBeNull()
  expect(run.scenarios[0]?.trials.length).toBeGreaterThan(0)
  expect(await readdir(out)).toEqual(expect.arrayContaining(['report.html', 'report.md', 'run.json']))
})

test('after a run that was killed with its watchdog `lab up` leaves everything as it was before, nodes that rested too', async () => {
  const before = await nodeState()
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()])
  await said(running, 'deploy')
  expect(await nodeState()).not.toEqual(before)
  await kill9(running, 'killed, too')
  const { exitCode, all } = await lab(['up'])
  expect(exitCode, all).toBe(0)
  expect(all).toContain(`process ${running.pid} (lab run http2-hot-pod`)
  expect(await nodeState()).toEqual(before)
})

test('SIGTERM is exit 143', async () => {
  const before = await nodeState()
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()])
  await said(running, 'deploy')
  running.kill('SIGTERM')
  expect((await running).exitCode).toBe(143)
  await untilNodesAre(before)
})

test('a run that was killed with its watchdog can be judged, and continues where it was: what it left is cleared away first', async () => {
  const out = await temporaryFolder()
  const LAB_SCENARIOS = await changedScenario('http2-hot-pod', {})
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', out], { LAB_SCENARIOS })
  await aTrialIsOnDisk(out)
  await kill9(running, 'killed, too')
  await lab(['judge', out])
  expect((await readRun(out)).scenarios[0]?.trials.length).toBeGreaterThan(0)
  expect(await labNamespaces()).toBeGreaterThan(0)
  const before = await readRun(out)
  const { exitCode, all } = await lab(['run', '--resume', out], { LAB_SCENARIOS })
  expect(measured, all).toContain(exitCode)
  expect(all).toMatch(/about .* for the rest of the run/)
  expect(await labNamespaces()).toBe(0)
  const after = await readRun(out)
  const trials = after.scenarios[0]?.trials ?? []
  expect(trials.slice(0, before.scenarios[0]?.trials.length)).toEqual(before.scenarios[0]?.trials)
  expect(new Set(trials.map(({ arm, block, replica }) => `${arm} ${block} ${replica}`)).size, 'every trial of the plan').toBe(6)
  expect([after.startedAt, after.seed]).toEqual([before.startedAt, before.seed])
  expect(after.finishedAt).not.toBeNull()
  expect((await lab(['run', '--resume', out])).exitCode, 'it is finished').toBe(2)
})

test('Ctrl-C during episodes: exit 130 after 10 s at most and the report; the watchdog makes the nodes as they were', async () => {
  const before = await nodeState()
  const running = typed(await runOfEpisodes())
  await said(running, 'play 2 episodes')
  await untilBothArePlayed()
  expect(await nodeState()).not.toEqual(before)
  ctrlC(running)
  const ended = await running
  expect(statusOf(ended), ended.all).toBe(130)
  expect(ended.all).toMatch(cleansUp)
  await untilNodesAre(before)
})

test('`lab clean` lists what a run left that was killed with its watchdog, then undoes it', async () => {
  const before = await nodeState()
  const running = lab(await runOfEpisodes())
  await untilBothArePlayed()
  await kill9(running, 'killed, too')
  const { leftBehind } = JSON.parse((await lab(['clean', '--dry-run', '--json'])).stdout) as { leftBehind: string[] }
  expect(leftBehind).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^incident-lab-worker/),
      'Namespace lab-missing-priority-class-control',
      'Namespace lab-missing-priority-class-incident',
    ]),
  )
  expect(await nodeState(), 'it was only listed').not.toEqual(before)
  const { exitCode, all } = await lab(['clean'])
  expect(exitCode, all).toBe(0)
  expect(await nodeState()).toEqual(before)
  expect((await lab(['clean', '--dry-run'])).stdout).toBe('nothing is left behind')
})

test('a run that is killed while it makes its cluster: its watchdog removes what there is of it', async () => {
  const env = await another('lab-test-killed')
  const running = lab(['run', 'http2-hot-pod', '--quick', '--workers', '1', '--out', await temporaryFolder()], env)
  await waitUntilSome(() => containersOf('lab-test-killed'))
  await kill9(running, 'spared')
  await waitUntilSome(async () =>
    (await readFile(join(env.LAB_STATE, 'clean.log'), 'utf8')).replace(/^(?!undone).*$/gm, '').trim(),
  )
  expect(await containersOf('lab-test-killed')).toBe('')
})

test('a second command at the same time waits, and says for whom', async () => {
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()])
  await said(running, 'deploy')
  const second = lab(['up'])
  await said(second, `waiting for process ${running.pid} (lab run http2-hot-pod`)
  running.kill('SIGINT')
  await running
  expect((await second).exitCode).toBe(0)
})

test('Ctrl-C while a cluster is made: exit 130, no container is left', async () => {
  const env = await another('lab-test-interrupt')
  const running = lab(['up'], env)
  await said(running, 'create cluster')
  await waitUntilSome(() => containersOf('lab-test-interrupt'))
  running.kill('SIGINT')
  const { exitCode, all } = await running
  expect(exitCode, all).toBe(130)
  expect(await containersOf('lab-test-interrupt')).toBe('')
})

test('a node with a pod that a killed runc left frozen is thawed and removed', async ({ skip }) => {
  const freezer = '/sys/fs/cgroup/freezer/docker'
  if (!(await isThere(freezer))) skip('cgroup v1 alone freezes so that a kill waits')
  const name = 'lab-test-frozen'
  const [image = ''] = (await execa('docker', ['image', 'ls', '--quiet', 'incident-lab/preloaded-node'])).stdout.split('\n')
  const labels = ['--label', `io.x-k8s.kind.cluster=${name}`, '--label', 'io.x-k8s.kind.role=control-plane']
  const words = ['run', '--detach', '--name', `${name}-control-plane`, ...labels, '--entrypoint', 'sleep', image, 'infinity']
  const { stdout: id } = await execa('docker', words)
  const pod = join(freezer, id, 'pod')
  onTestFinished(async () => {
    await writeFile(join(pod, 'freezer.state'), 'THAWED').catch(() => {})
    await execa('docker', ['rm', '--force', id], { reject: false })
  })
  await execa('docker', ['exec', '--detach', id, 'sleep', 'infinity'])
  const top = await execa('docker', ['top', id, '-o', 'pid'])
  await mkdir(pod)
  await writeFile(join(pod, 'cgroup.procs'), top.stdout.split('\n').at(-1) ?? '')
  await writeFile(join(pod, 'freezer.state'), 'FROZEN')
  const { exitCode, all } = await lab(['down', '--force', name], { LAB_CLUSTER: name, LAB_STATE: await temporaryFolder() })
  expect(exitCode, all).toBe(0)
  expect(await containersOf(name)).toBe('')
})

test('Ctrl-C while Kubernetes is compiled: exit 130, nothing that looks finished is left, no compiler keeps running', async () => {
  const env = { ...(await another('lab-test-compile')), LAB_CACHE: await temporaryFolder() }
  const command = lab(['up', '--offline'], env)
  await said(command, 'compile kubernetes')
  command.kill('SIGINT')
  const { exitCode, all } = await command
  expect(exitCode, all).toBe(130)
  expect((await readdir(env.LAB_CACHE)).filter((name) => name.startsWith('kubernetes'))).toEqual([])
  const running = async () => (await execa('pgrep', ['-f', env.LAB_CACHE], { reject: false })).stdout
  await expect.poll(running, { timeout: 30_000 }).toBe('') // a child of mmdebstrap may end a moment after it
})

test('a cluster that does not become ready: node state and kubelet log in the error, and it is removed', async () => {
  const env = await another('lab-test-unready')
  const shape = join(await temporaryFolder(), 'no-network.yaml')
  await writeFile(shape, 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {disableDefaultCNI: true}\n')
  const { exitCode, stderr } = await lab(['up', '--shape', shape, '--ready-within', '8'], env)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('Waited 8 s for every node to be ready')
  expect(stderr).toMatch(/node lab-test-unready-control-plane: .*network/i)
  expect(stderr).toMatch(/container running/)
  expect(await containersOf('lab-test-unready')).toBe('')
})

const aTrialIsOnDisk = (out: string): Promise<void> =>
  waitUntilSome(async () => (await execa('grep', ['"trial":', join(out, 'run.jsonl')], { reject: false })).stdout ?? '')
