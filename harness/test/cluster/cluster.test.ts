// The cluster itself: reused, apart from everything of the user's, and closed to the outside.
import { existsSync } from 'node:fs'
import { cp, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PatchStrategy } from '@kubernetes/client-node'
import type { V1Deployment } from '@kubernetes/client-node'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import { gib, memoryOf, readMachine } from '../../cluster/kind/machine.ts'
import { engineFolder, ownEndpoint } from '../../cluster/kind/own-engine.ts'
import { openShell } from '../../cluster/kind/shell.ts'
import { apply } from '../../kube/apply.ts'
import { nameOf } from '../../kube/client.ts'
import type { Manifest } from '../../kube/client.ts'
import { runInPod } from '../../kube/exec.ts'
import { applyInNamespace, createNamespace, removeNamespaces } from '../../kube/namespace.ts'
import { mergeObjects } from '../../kube/merge.ts'
import { deploymentsReady } from '../../kube/workloads-ready.ts'
import { runScript } from '../../model/node-shell.ts'
import { enginePidPath } from '../../places.ts'
import { servicesReachPods } from '../../node/service-rules.ts'
import { armManifests, parseManifests, readScenarioFiles } from '../../scenario/arm-manifests.ts'
import { loadScenarios } from '../../scenario/load-scenarios.ts'
import { lab, never, nodeState, sharedKube, temporaryFolder } from './support.ts'

const filesOf = async (slug: string) => {
  const found = (await loadScenarios()).find(({ scenario }) => scenario.slug === slug)
  if (!found) throw new Error(`there is no scenario ${slug}`)
  return readScenarioFiles(found.folder, found.scenario)
}

afterAll(() => removeNamespaces(sharedKube(), never))

test('a cluster that is up and fits is reused', async () => {
  const { exitCode, stdout } = await lab(['up'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('it already was')
})

test('status names version, shape and nodes', async () => {
  const { stdout } = await lab(['status', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    state: 'ready',
    shape: 'lab',
    kubernetes: expect.stringMatching(/^v1\./),
    workers: expect.any(Number),
    nodes: expect.arrayContaining(['incident-lab-control-plane', 'incident-lab-worker3']),
  })
})

test("the user's kubeconfig is neither read nor written", async () => {
  const kubeconfig = join(await temporaryFolder(), 'kubeconfig')
  await writeFile(kubeconfig, 'this is not YAML: [')
  const { exitCode } = await lab(['up'], { KUBECONFIG: kubeconfig })
  expect(exitCode).toBe(0)
  expect(await readFile(kubeconfig, 'utf8')).toBe('this is not YAML: [')
})

test('no node may take more memory than is planned for the whole cluster, and its kubelet knows nothing of that', async () => {
  const { items } = await sharedKube().core.listNode()
  const names = items.map(({ metadata }) => metadata?.name ?? '')
  const { stdout } = await execa('docker', ['inspect', '--format', '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}', ...names])
  const limit = Math.floor(memoryOf(names.length - 1) * gib)
  expect(stdout.split('\n')).toEqual(names.map(() => `${limit} ${limit}`))
  const machine = (await readMachine()).memoryBytes
  for (const { status } of items) expect(parseInt(status?.capacity?.['memory'] ?? '', 10) * 1024).toBeCloseTo(machine, -7)
})

test.runIf(existsSync(enginePidPath()))(
  'an engine of the lab answers at a socket of its own, and what it runs as root lies where root alone can write',
  async () => {
    const pid = (await readFile(enginePidPath(), 'utf8')).trim()
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    expect(words).toContain(ownEndpoint)
    expect((await stat(engineFolder)).mode & 0o777).toBe(0o700)
    const runtimes = words.flatMap((word) => /^bounded=(.+)$/.exec(word)?.[1] ?? [])
    for (const start of [engineFolder, ...runtimes])
      for (let path = start; path !== '/'; path = dirname(path)) {
        const { uid, mode } = await stat(path)
        expect([path, uid, mode & 0o022]).toEqual([path, 0, 0])
      }
  },
)

test('a pod that is ready is reached through its Service once kube-proxy of every node knows it, which is waited for', async () => {
  const kube = sharedKube()
  const node = 'incident-lab-worker2'
  const shell = openShell(node)
  const reached = (deadlineMs?: number) =>
    servicesReachPods(kube, ['lab-test-service'], new Map([[node, shell]]), never, deadlineMs)
  try {
    await runScript(shell, 'stop kube-proxy', 'pkill -STOP kube-proxy')
    await createNamespace(kube, 'lab-test-service')
    const { deployed } = armManifests(await filesOf('http2-hot-pod'), 'control', [])
    await apply(kube, deployed, 'lab-test-service')
    await deploymentsReady(kube, 'lab-test-service', never)
    await expect(reached(1_000)).rejects.toMatchObject({
      details: { why: expect.stringMatching(/last seen: incident-lab-worker2 lacks (?:[\d.]+(?:, |$)){3}/) },
    })
    await runScript(shell, 'resume kube-proxy', 'pkill -CONT kube-proxy')
    await reached()
  } finally {
    await runScript(shell, 'resume kube-proxy', 'pkill -CONT kube-proxy')
    shell.close()
  }
})

test('a cluster that was created to be kept and does not fit is replaced only when that is asked for', async () => {
  const shape = join(await temporaryFolder(), 'other.yaml')
  await cp('kind-configs/lab.yaml', shape)
  const before = await nodeState()
  const { exitCode, stderr } = await lab(['up', '--shape', shape])
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toContain('The running cluster does not fit, and it was created to be kept')
  expect(stderr).toContain('--replace')
  expect(await nodeState()).toEqual(before)
})

test('manifests apply as they are, and a wait for a scale-up ends when all replicas are ready', async () => {
  const kube = sharedKube()
  await createNamespace(kube, 'lab-test-scale')
  const { deployed, whenConnected } = armManifests(await filesOf('http2-hot-pod'), 'more-replicas', [])
  await apply(kube, deployed, 'lab-test-scale')
  await deploymentsReady(kube, 'lab-test-scale', never)
  await apply(kube, whenConnected, 'lab-test-scale')
  await deploymentsReady(kube, 'lab-test-scale', never)
  const server = await kube.objects.read<V1Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'server', namespace: 'lab-test-scale' },
  })
  expect(server.status?.readyReplicas).toBe(6)
})

test('an address that no pod has is refused at once: nothing outside answers for it', async () => {
  const kube = sharedKube()
  const { items } = await kube.core.listNamespacedPod({ namespace: 'lab-test-scale', labelSelector: 'app=client' })
  const script = `require('net').connect(80, '10.244.200.200').on('error', (e) => console.log(e.code)).on('connect', () => console.log('connected'))`
  const at = { namespace: 'lab-test-scale', pod: items[0]?.metadata?.name ?? '', container: '' }
  expect(await runInPod(kube, at, ['node', '-e', script], never)).toBe('EHOSTUNREACH')
})

test('a pod that wants more than `restricted` allows is refused, and the error says what', async () => {
  const privileged = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'greedy' },
    spec: { containers: [{ name: 'a', image: 'x', securityContext: { privileged: true } }] },
  }
  await expect(apply(sharedKube(), [privileged], 'lab-test-scale')).rejects.toThrow(
    expect.objectContaining({ details: expect.objectContaining({ why: expect.stringContaining('violates PodSecurity') }) }),
  )
})

test('a command that fails in a pod is an error with its exit code and its complaint', async () => {
  const kube = sharedKube()
  const { items } = await kube.core.listNamespacedPod({ namespace: 'lab-test-scale', labelSelector: 'app=client' })
  const at = { namespace: 'lab-test-scale', pod: items[0]?.metadata?.name ?? '', container: '' }
  await expect(runInPod(kube, at, ['sh', '-c', 'echo broken >&2; exit 7'], never)).rejects.toMatchObject({
    details: { why: 'exit code 7', evidence: ['broken'] },
  })
})

test('every difference merges here as the API server merges it', async () => {
  const kube = sharedKube()
  for (const { scenario } of await loadScenarios()) {
    const { manifests, differences, applied } = await filesOf(scenario.slug)
    const trigger = scenario.trial.kind === 'episode' ? applied.get(scenario.trial.trigger) : undefined
    const still = [...manifests, ...(trigger?.file.endsWith('.yaml') ? [trigger] : [])]
      .flatMap(parseManifests)
      .filter(isPatched)
      .map((object) =>
        object.kind === 'Deployment' ? { ...object, spec: { ...(object.spec as object), paused: true } } : object,
      )
    for (const [arm, ofArm] of differences) {
      const files = ofArm.filter(({ appliedAt }) => appliedAt !== 'loaded') // the others are scripts
      if (files.length === 0) continue
      const namespace = `lab-test-merge-${scenario.slug}-${arm}`
      await createNamespace(kube, namespace, scenario.podSecurity)
      await applyInNamespace(kube, still, namespace)
      let merged = still
      for (const file of files) {
        const changes = parseManifests(file).filter((change) => isPatched(change) && change.kind !== 'Namespace') // the arm's own
        const names = new Set(merged.map(nameOf))
        for (const change of changes.filter((each) => names.has(nameOf(each)))) {
          const placed = { ...change, metadata: { ...change.metadata, namespace } }
          const isCustom = change.apiVersion?.startsWith('incident-lab.example/') // the API server merges those by key alone
          const strategy = isCustom ? PatchStrategy.MergePatch : PatchStrategy.StrategicMergePatch
          await kube.objects.patch(placed, undefined, undefined, undefined, undefined, strategy)
        }
        await applyInNamespace(
          kube,
          changes.filter((each) => !names.has(nameOf(each))),
          namespace,
        )
        merged = mergeObjects(merged, changes)
      }
      const isCompared = ({ kind }: Manifest) => kind !== 'CustomResourceDefinition' // read with other names of its fields
      for (const object of merged.filter(isCompared)) {
        const { apiVersion, kind, metadata } = object
        const served = await kube.objects.read<Manifest>({
          apiVersion: apiVersion ?? '',
          kind: kind ?? '',
          metadata: { name: metadata?.name ?? '', namespace },
        })
        const what = `${scenario.slug} ${arm}: ${kind}/${metadata?.name}`
        expect(byName(served), what).toMatchObject(byName({ spec: object.spec, data: object.data }))
        expect(resourcesOf(served), what).toEqual(resourcesOf(object)) // what was removed is gone
      }
    }
  }
})

/** Of a Job or a StatefulSet most fields are merged only before it is made. */
const isPatched = ({ kind }: Manifest): boolean => kind !== 'Job' && kind !== 'StatefulSet'

/** Plain, with lists of named things in the order of their names: the API server puts a new one first, the lab last. */
const byName = (object: object): object =>
  JSON.parse(JSON.stringify(object), (_key, value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item?.name === 'string')
      ? value.toSorted((a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name))
      : value,
  ) as object

const resourcesOf = (object: Manifest) =>
  (object as V1Deployment).spec?.template?.spec?.containers.map(({ name, resources = {} }) => [name, resources])
