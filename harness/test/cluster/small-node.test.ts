// Nodes made small and restored, in each way; and a flood that will not start elsewhere.
import { deepEqual } from 'node:assert/strict'
import type { V1Pod } from '@kubernetes/client-node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openShell } from '../../cluster/kind/shell.ts'
import { apply } from '../../kube/apply.ts'
import { heldPods, setFinalizers } from '../../kube/finalizers.ts'
import { labelNode } from '../../kube/client.ts'
import { createNamespace, removeNamespaces } from '../../kube/namespace.ts'
import { waitForObjects } from '../../kube/watch.ts'
import { runScript } from '../../model/node-shell.ts'
import type { NodeAccess } from '../../node/kubelet.ts'
import { isChanged, makeSmall, restoreNode } from '../../node/small-node.ts'
import { sizeLabel } from '../../model/testbed.ts'
import { never, nodeState, sharedKube } from './support.ts'

const name = 'incident-lab-worker2'
let node: NodeAccess
let before: unknown

beforeAll(() => {
  node = { kube: sharedKube(), name, shell: openShell(name), signal: never }
})
beforeEach(async () => {
  before = await nodeState()
})
afterEach(async () => {
  await restoreNode(node)
  deepEqual(await nodeState(), before, 'the nodes are not as they were')
})
afterAll(() => node.shell.close())

const memory = {
  size: 'small-memory' as const,
  kubelet: { evictionHard: { 'memory.available': '512Mi' }, evictionPressureTransitionPeriod: '5s' },
  kubeletFlags: {},
}
const disk = { size: 'small-disk' as const, kubelet: { evictionHard: { 'nodefs.available': '100Mi' } }, kubeletFlags: {} }

const statusOf = async () => (await sharedKube().core.readNode({ name })).status
/** Of a quantity of Kubernetes'. */
const mib = (quantity = ''): number =>
  Number.parseInt(quantity, 10) * ({ Gi: 1024, Mi: 1, Ki: 1 / 1024 }[quantity.slice(-2)] ?? NaN)
const shell = (script: string): Promise<string> => runScript(node.shell, 'look at the node', script)

/** While a program of the node does nothing but fail. */
const without = async (program: string, work: () => Promise<void>): Promise<void> => {
  const path = await shell(`readlink -f $(command -v ${program})`)
  await shell(`mount --bind /bin/false ${path}`)
  try {
    await work()
  } finally {
    await shell(`umount ${path}`)
  }
}

test('a meminfo of 2 GiB makes a node of 2 GiB, and pods have the same room whatever the node uses itself', async () => {
  const { how, capacity } = await makeSmall(node, memory)
  expect(how).toContain('/proc/meminfo')
  const { total = 0, own = 0 } = /of (?<total>\d+) MiB, (?<own>\d+) of them used by the node itself/.exec(how)?.groups ?? {}
  expect(Number(total) - Number(own), 'what is left for pods').toBe(2048 - 80)
  expect(mib(capacity.memory)).toBe(Number(total))
  expect(mib((await statusOf())?.allocatable?.memory)).toBe(1536 + Math.min(0, Number(own) - 80))
  expect((await sharedKube().core.readNode({ name })).metadata?.labels).toHaveProperty(['incident-lab/small-memory'], 'true')
})

test('where nothing can be mounted, a threshold leaves pods the same room', async () => {
  const real = (await statusOf())?.capacity?.memory
  await without('mount', async () => {
    const { how, capacity } = await makeSmall(node, memory)
    expect(how).toContain('threshold')
    expect(capacity.memory).toBe(real)
    const allocatable = (await statusOf())?.allocatable?.memory ?? ''
    expect(Math.abs(mib(allocatable) - 1536)).toBeLessThan(50) // thresholds are in whole MiB
  })
})

test('a loop device gives the kubelet a disk of 640 MiB, and goes with its mount', async () => {
  const loops = await shell('losetup --list --noheadings | wc -l')
  const { how, capacity } = await makeSmall(node, disk)
  expect(how).toContain('ext4 on a loop device')
  expect(Number.parseInt(capacity['ephemeral-storage'] ?? '', 10) / 1024).toBeLessThan(640)
  expect(await shell('findmnt --noheadings --output FSTYPE --target /var/log/app')).toBe('ext4')
  await restoreNode(node)
  expect(await shell('losetup --list --noheadings | wc -l')).toBe(loops)
})

test('without mkfs.ext4 it is a tmpfs of the same size', async () => {
  await without('mkfs.ext4', async () => {
    const { how, capacity } = await makeSmall(node, disk)
    expect(how).toContain('tmpfs of 640 MiB')
    expect(capacity['ephemeral-storage']).toBe('640Mi')
  })
})

test('making a node small twice over what a killed run left works, after it is restored', async () => {
  await makeSmall(node, disk)
  await restoreNode(node)
  await makeSmall(node, memory)
  expect(Math.abs(mib((await statusOf())?.capacity?.memory) - 2048)).toBeLessThan(200)
})

test('of a node that was restarted while it was small nothing is left but its label, and that goes', async () => {
  await labelNode(node.kube, name, { [sizeLabel('small-memory')]: 'true' })
  expect(await isChanged(node)).toBe(true)
  await restoreNode(node)
  expect(await isChanged(node)).toBe(false)
})

test('a node whose restoring fails half-way keeps its kubelet running, and is restored the next time', async () => {
  await makeSmall(node, disk)
  await without('rm', () => expect(restoreNode(node)).rejects.toThrow('restore the node'))
  expect(await shell('systemctl is-active kubelet')).toBe('active')
})

test('a flood that would reach a machine’s own disk is refused before it writes', async () => {
  const namespace = 'lab-test-flood'
  await createNamespace(sharedKube(), namespace)
  await apply(sharedKube(), [flooder], namespace)
  const ended = await waitForObjects<{ exitCode?: number; message?: string }>(
    sharedKube(),
    { apiVersion: 'v1', kind: 'Pod', namespace },
    { what: 'the flood to be refused', deadlineMs: 120_000, signal: never },
    ([pod]) => {
      const state = (pod as { status?: V1Pod['status'] } | undefined)?.status?.containerStatuses?.[0]?.state?.terminated
      return state ? { value: { exitCode: state.exitCode, message: state.message ?? '' } } : { notYet: 'not ended' }
    },
  )
  expect(ended).toMatchObject({ exitCode: 3, message: expect.stringMatching(/refused/) })
  expect(ended.message).toContain('/log')
  await removeNamespaces(sharedKube(), never)
})

test('an address that belongs to a pod object is given back when that is gone, any other one with the containers', async () => {
  const kube = sharedKube()
  const namespace = 'lab-test-pool'
  const { how } = await makeSmall(node, { size: 'small-pool', kubelet: {}, kubeletFlags: {} }, 3)
  expect(how).toContain('3 addresses for pods')
  await createNamespace(kube, namespace)
  await apply(kube, [sleeper('owned', { 'incident-lab/address-owner': 'pod-object' }), sleeper('plain', {})], namespace)
  await until('both to run', namespace, (pods) => pods.length === 2 && pods.every(({ phase }) => phase === 'Running'))
  expect(await addressesInUse()).toBe(2)

  await kube.core.deleteCollectionNamespacedPod({ namespace, gracePeriodSeconds: 0 })
  await until('both to have ended', namespace, (pods) => pods.length === 2 && pods.every(({ ended }) => ended))
  await expect.poll(addressesInUse, { timeout: 120_000 }).toBe(1)
  for (const pod of await heldPods(kube, namespace)) await setFinalizers(kube, namespace, pod, [])
  await expect.poll(addressesInUse, { timeout: 120_000 }).toBe(0)
  await removeNamespaces(kube, never)
})

/** Of the small pool, by the node's own store. */
const addressesInUse = async (): Promise<number> =>
  Number(await shell('read -r store _ < /run/incident-lab/pool/range; ls $store | grep -c "^[0-9]" || true'))

const until = (
  what: string,
  namespace: string,
  isSo: (pods: readonly { phase: string | undefined; ended: boolean }[]) => boolean,
): Promise<void> =>
  waitForObjects<void>(
    sharedKube(),
    { apiVersion: 'v1', kind: 'Pod', namespace },
    { what, deadlineMs: 180_000, signal: never },
    (all) => {
      const pods = all.map((each) => {
        const { phase, containerStatuses = [] } = (each as { status?: V1Pod['status'] }).status ?? {}
        return { phase, ended: containerStatuses.every(({ state }) => state?.terminated) }
      })
      return isSo(pods) ? { value: undefined } : { notYet: JSON.stringify(pods) }
    },
  )

/** A pod on the small node that a finalizer holds. */
const sleeper = (podName: string, annotations: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: podName, annotations, finalizers: ['example.com/record'] },
  spec: {
    nodeName: name,
    terminationGracePeriodSeconds: 1,
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'sleeper',
        image: 'incident-lab/workloads:current',
        imagePullPolicy: 'Never',
        command: ['sleep', 'infinity'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
})

const flooder = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'flooder' },
  spec: {
    restartPolicy: 'Never',
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'flooder',
        image: 'incident-lab/workloads:current',
        imagePullPolicy: 'Never',
        args: ['/lab/log-flood.js'],
        terminationMessagePolicy: 'FallbackToLogsOnError',
        env: Object.entries({ FLOOD_TO: '/log/app.log', AT_MOST_MIB: '1', GUARD: '/log' }).map(([key, text]) => ({
          name: key,
          value: text,
        })),
        volumeMounts: [{ name: 'log', mountPath: '/log' }],
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    ],
    volumes: [{ name: 'log', emptyDir: {} }],
  },
}
