// `lab up` where its kept cluster runs, on an engine that is slow once: whatever it was just asked, nothing is removed.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import type { V1Taint } from '@kubernetes/client-node'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import { resolveReference } from '../../artifact/image-reference.ts'
import { apply } from '../../kube/apply.ts'
import { defaultPlatform } from '../../model/platform.ts'
import { uncounted } from '../../model/phase.ts'
import type { Work } from '../../model/work.ts'
import { kubeconfigPath } from '../../places.ts'
import { fakeEngine, pathWith, silence } from '../../test/fixtures/fake-engine.ts'
import type { FakeNode } from '../../test/fixtures/fake-engine.ts'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { smallApiServer, unreachable } from '../../test/fixtures/small-api-server.ts'
import { contextName } from './kind.ts'
import { kindVersion } from './kind-program.ts'
import { hashOf, writeAnnotation } from './annotation.ts'
import { readRecord, recordBegun, recordFinished } from './record.ts'
import { readPlatform } from './platforms.ts'
import { tokenMount } from './shape.ts'

// Whether a registry answers is asked once a process, and tests before this one in the same process may have asked another engine.
vi.resetModules()
const [{ LabError }, { workloadImageName, workloadImages }, { provider }] = await Promise.all([
  import('../../model/lab-error.ts'),
  import('./images.ts'),
  import('./provider.ts'),
])

const work: Work = { step: (_, run) => run(() => {}), signal: new AbortController().signal }

afterEach(() => vi.unstubAllEnvs())

const ids = ['worker', 'worker2']

const readyNode = {
  apiVersion: 'v1',
  kind: 'Node',
  status: { conditions: [{ type: 'Ready', status: 'True', message: 'kubelet is posting ready status' }] },
}

/** A cluster that was made to be kept, as `lab up` leaves it: its nodes run, its API server answers, and its engine has every image. */
const keptCluster = async (platformName = defaultPlatform.name, taints: readonly V1Taint[] = []) => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-state-')))
  vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-')))
  const nodes: FakeNode[] = ids.map((id) => ({ id, mount: tokenMount('mine'), state: 'running' }))
  const engine = await fakeEngine(nodes, '/nowhere')
  await fakeProgram('kind', `echo ${kindVersion}`)
  vi.stubEnv('PATH', pathWith(engine))
  const kube = await smallApiServer('mine')
  await apply(kube, [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: 'uid' } },
    ...nodes.map(({ id }) => ({ ...readyNode, metadata: { name: `incident-lab-${id}` }, spec: { taints } })),
  ])
  const mark = { shape: 'lab', platform: await readPlatform(platformName) }
  await writeAnnotation(kube, {
    ...mark,
    made: await hashOf({ ...mark, node: await resolveReference(catalogue[0].nodeImage) }),
    images: [...(await workloadImages(work, 'registry', [workloadImageName]))],
  })
  await recordBegun('mine', true)
  await recordFinished(ids, 'uid')
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'small', cluster: { server: kube.config.getCurrentCluster()?.server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: {} }],
    contexts: [{ name: contextName, context: { cluster: 'small', user: 'me' } }],
  }
  await writeFile(kubeconfigPath(), stringify(kubeconfig))
  return engine
}

const up = (
  wanted: { readonly platform?: string; readonly kubernetes?: string; readonly workers?: number; readonly keep?: boolean } = {},
) =>
  provider.up({
    ...work,
    shape: 'lab',
    platform: undefined,
    kubernetes: undefined,
    workers: undefined,
    usefulWorkers: 2,
    images: [],
    offline: false,
    replace: false,
    keep: false,
    kept: true,
    readyWithinMs: 1_000,
    timePhase: uncounted,
    ...wanted,
  })

test('a kept cluster stays as it is where the engine gives no answer to any one question of `lab up`', async () => {
  const engine = await keptCluster()
  expect(await up()).toMatchObject({ created: false, removeOnExit: false })
  const record = await readRecord()
  let questions = 0
  for (let isAsked = true; isAsked; questions += isAsked ? 1 : 0) {
    const log = join(engine.folder, `asked-${questions}`)
    const unanswered = `case $1 in info | ps) echo >> ${log}; [ $(wc -l < ${log}) != ${questions + 1} ] || ${silence.slow} ;; esac`
    await engine.always(unanswered)
    const isClear = await up().then(
      () => true,
      (error: unknown) => error instanceof LabError && error.exit === 'cannotRun',
    )
    isAsked = (await readFile(log, 'utf8')).length > questions
    expect([isClear, await engine.ids(), await readRecord()], `question ${questions + 1}`).toEqual([true, ids, record])
  }
  await engine.always('')
  expect(questions, 'it asks again before it decides').toBeGreaterThan(5)
  expect(await up(), 'and uses it when the engine answers').toMatchObject({ created: false, removeOnExit: false })
})

test('a kept cluster that is not as wanted stays, and the error says what differs and how to replace it', async () => {
  const engine = await keptCluster()
  await expect(up({ kubernetes: 'v9.9' })).rejects.toMatchObject({
    message: 'The lab does not support Kubernetes v9.9',
    exit: 'usage',
  })
  await expect(up({ workers: 5 })).rejects.toMatchObject({
    message: 'The running cluster has 2 workers, not 5',
    details: { next: expect.stringContaining('`lab down`') as unknown },
  })
  const [, { minor: otherMinor } = catalogue[0]] = catalogue
  await expect(up({ kubernetes: otherMinor })).rejects.toMatchObject({
    message: 'The running cluster does not fit, and it was created to be kept',
    details: {
      why: 'its nodes were made from another image, shape file or platform file',
      next: expect.stringContaining('--replace') as unknown,
    },
  })
  await expect(up({ platform: 'nftables' })).rejects.toMatchObject({
    details: { why: 'it has platform default, not nftables' },
  })
  expect(await engine.ids()).toEqual(ids)
})

test('a platform that names a version contradicts another version, and one that does not exist is named before anything is made', async () => {
  const engine = await keptCluster()
  const [{ minor }, { minor: otherMinor } = catalogue[0]] = catalogue
  await expect(up({ platform: otherMinor, kubernetes: minor })).rejects.toMatchObject({
    message: `Platform ${otherMinor} has Kubernetes ${otherMinor}, not ${minor}`,
    exit: 'usage',
  })
  await expect(up({ platform: 'ipvs' })).rejects.toMatchObject({ message: 'There is no platform ipvs', exit: 'usage' })
  expect(await engine.ids()).toEqual(ids)
})

test('a kept cluster of a platform is used as it is by a command that names none', async () => {
  const engine = await keptCluster('nftables')
  expect(await up()).toMatchObject({ created: false, cluster: { platform: { name: 'nftables' } } })
  await expect(up({ platform: 'default' })).rejects.toMatchObject({
    details: { why: 'it has platform nftables, not default' },
  })
  expect(await engine.ids()).toEqual(ids)
})

test('a kept cluster that has just started again is not used while a node has the taint of one that did not answer', async () => {
  const engine = await keptCluster(defaultPlatform.name, [{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }])
  await expect(up()).rejects.toMatchObject({
    message: 'Waited 1 s for every node to be ready',
    details: {
      evidence: expect.arrayContaining([
        'node incident-lab-worker: kubelet is posting ready status, taint node.kubernetes.io/unreachable',
      ]) as unknown,
    },
  })
  expect(await engine.ids()).toEqual(ids)
})

test('a kept cluster whose API server does not answer has time to, and stays when that has passed: it may recover', async () => {
  const engine = await keptCluster()
  const { server = '' } = (await unreachable()).config.getCurrentCluster() ?? {}
  const kubeconfig = await readFile(kubeconfigPath(), 'utf8')
  await writeFile(kubeconfigPath(), kubeconfig.replace(/http:.*/, server))
  await expect(up()).rejects.toMatchObject({
    message: 'Waited 1 s for the API server of cluster incident-lab, which was created to be kept, to answer',
    exit: 'cannotRun',
    details: {
      why: expect.stringMatching(/^last seen: its API server does not answer: /) as unknown,
      next: expect.stringMatching(/^wait and try again; else .*--replace.*`lab down`/) as unknown,
    },
  })
  expect(await engine.ids()).toEqual(ids)
})

test('where kind creates no cluster, the error has its last lines, the state of each node and its log, and says how to keep the nodes', async () => {
  vi.stubEnv('LAB_STATE', await mkdtemp(join(tmpdir(), 'lab-state-')))
  vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-')))
  const engine = await fakeEngine([], '/nowhere')
  await fakeProgram(
    'kind',
    `[ "$1" = create ] || { echo ${kindVersion}; exit; }
read_token() { sed -n 's/.*containerPath: //p' | head -1; }
echo "worker $(read_token) exited" >> ${engine.folder}/containers
echo 'ERROR: failed to init node with kubeadm' >&2
exit 1`,
  )
  vi.stubEnv('PATH', pathWith(engine))
  await engine.always('[ "$1" != logs ] || echo "Failed to create control group"')
  await expect(up({ keep: true })).rejects.toMatchObject({
    message: 'kind create cluster failed',
    exit: 'unexpected',
    details: {
      evidence: [
        'ERROR: failed to init node with kubeadm',
        'node incident-lab-worker: container exited',
        '  Failed to create control group',
      ],
      next: expect.stringContaining('`lab down`') as unknown,
    },
  })
  expect(await engine.ids()).toEqual(['worker'])
})
