// The two scenarios in which something should have followed and did not, as a user runs them; and the remedy that is a command.
import { expect, test } from 'vitest'
import { apply, remove } from '../../kube/apply.ts'
import { heldPods, takeFinalizers } from '../../kube/finalizers.ts'
import { createNamespace, namespaceGone } from '../../kube/namespace.ts'
import { listObjects, waitForObjects } from '../../kube/watch.ts'
import type { Run } from '../../model/run.ts'
import { skipIfHostWasBusy } from './noise.ts'
import {
  armOf,
  changedScenario,
  expectVerdicts,
  kill9,
  lab,
  measured,
  never,
  nodeState,
  quickRunOf,
  sharedKube,
  temporaryFolder,
  value,
} from './support.ts'

const proofOf = (run: Run, arm: string): string => armOf(run, arm).proof.join('\n')

test('orphaned-finalizers: stuck pods hold every address until their finalizers are removed', async (context) => {
  const run = await quickRunOf('orphaned-finalizers')
  skipIfHostWasBusy(run, context)
  expectVerdicts(run, {
    incident: 'reproduced',
    'restore-operator': 'fixed',
    'strip-finalizers': 'fixed',
    'force-delete': 'no-effect',
    'printed-script': 'no-effect',
    'myth-check': 'not-reproduced',
  })
  expect(value(run, 'incident', 'fleet_pods')).toBe(12)
  expect(value(run, 'incident', 'fleet_all_stuck_s')).toBeGreaterThanOrEqual(60)
  expect(value(run, 'incident', 'addresses_node')).toBe(12)
  expect(proofOf(run, 'incident')).toMatch(/kubelet, of canary: FailedCreatePodSandBox: .*no IP addresses available in range set/)
  for (const fix of ['restore-operator', 'strip-finalizers'])
    expect(value(run, fix, 'addresses_node'), 'of the canary alone').toBe(1)
  expect(value(run, 'restore-operator', 'records_left_behind'), 'the operator cleans up').toBe(0)
  expect(value(run, 'strip-finalizers', 'records_left_behind'), 'not cleaned up').toBe(12)
  expect(proofOf(run, 'strip-finalizers')).toContain('removed incident-lab.example/address-record from 12 pods')
  expect(proofOf(run, 'printed-script')).toContain('12 pods are being deleted still')
  expect(value(run, 'myth-check', 'fleet_all_stuck_s')).toBeGreaterThanOrEqual(60)
  expect(value(run, 'myth-check', 'addresses_api'), 'what the API server tells').toBe(13)
  expect(value(run, 'myth-check', 'addresses_node'), 'what is taken').toBe(1)
})

test('stale-configmap: the pods keep the old configuration; three ways to follow, and two that do not', async (context) => {
  const run = await quickRunOf('stale-configmap')
  skipIfHostWasBusy(run, context)
  expectVerdicts(run, {
    incident: 'reproduced',
    reloader: 'fixed',
    'hashed-name': 'fixed',
    'hot-reload': 'fixed',
    'wait-for-sync': 'no-effect',
    'subpath-mount': 'no-effect',
  })
  expect(value(run, 'incident', 'pods_replaced'), 'the same pods, and none was restarted').toBe(0)
  expect(value(run, 'incident', 'failed_while_stale')).toBeGreaterThanOrEqual(0.95)
  expect(proofOf(run, 'incident')).toMatch(/log: .*ERROR Database connection failed: could not connect to server/)
  expect(value(run, 'reloader', 'config_changes'), 'one of them while it was down').toBe(3)
  expect(value(run, 'hot-reload', 'pods_replaced')).toBe(0)
  const lanes = run.scenarios[0]?.trials.find(({ arm }) => arm === 'wait-for-sync')?.timeline?.lanes ?? []
  expect(lanes.filter(({ kind }) => kind === 'value').map(({ name, states }) => [name, states.at(-1)?.text])).toEqual([
    ['ConfigMap', 'db-green / shop'],
    ['mounted file', 'db-green / shop'],
    ['environment', 'db-blue / shop'],
    ['in use', 'db-blue / shop'],
  ])
})

test('a run killed with its watchdog while its pods are stuck: the next one finds no namespace, no definition and no address held', async () => {
  const before = await nodeState()
  const running = lab(['run', 'orphaned-finalizers', '--quick', '--arm', 'force-delete', '--out', await temporaryFolder()])
  await expect.poll(stuckPods, { timeout: 300_000, interval: 500 }).toBeGreaterThan(12)
  await kill9(running, 'killed, too')
  const LAB_SCENARIOS = await changedScenario('http2-hot-pod', {})
  const next = ['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()]
  const { exitCode, all } = await lab(next, { LAB_SCENARIOS })
  expect(measured, all).toContain(exitCode)
  expect(await nodeState()).toEqual(before)
})

/** Pods of the lab that are deleted and still there. */
const stuckPods = async (): Promise<number> =>
  (await listObjects(sharedKube(), { apiVersion: 'v1', kind: 'Pod', labelSelector: 'app=fleet' })).filter(
    ({ metadata }) => metadata?.deletionTimestamp,
  ).length

const namespace = 'lab-test-remedy'
const kept = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, finalizers: ['example.com/record', 'example.com/other'] },
  spec: {
    nodeSelector: { nowhere: 'true' }, // never scheduled: no container has to end
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'none',
        image: 'incident-lab/workloads:current',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
})
const podNames = async (): Promise<string[]> =>
  (await listObjects(sharedKube(), { apiVersion: 'v1', kind: 'Pod', namespace })).map(({ metadata }) => metadata?.name ?? '')

test('lab remedy strip-finalizers lists first, touches only what was deleted, and frees a namespace that hangs in Terminating', async () => {
  const kube = sharedKube()
  const strip = (...flags: string[]) => lab(['remedy', 'strip-finalizers', '--namespace', namespace, ...flags])
  await createNamespace(kube, namespace)
  await apply(kube, [kept('deleted'), kept('alive')], namespace)
  await remove(kube, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'deleted', namespace } }, 0)

  const [seen] = (await heldPods(kube, namespace)).filter(({ name }) => name === 'deleted')
  if (!seen) throw new Error('the pod that was deleted is held')
  const stale = { ...seen, finalizers: ['example.com/record'] } // from before the other one was set
  expect(await takeFinalizers(kube, namespace, stale, [])).toBe(false)

  const dry = await strip('--dry-run')
  expect(dry.stdout).toMatch(
    /1 pod of lab-test-remedy .*\n {2}deleted {2}deleted \d+ s ago .*example.com\/record, example.com\/other/,
  )
  expect(dry.stdout).toMatch(/nothing was changed.*\nunchanged\n {2}alive {2}it was not deleted/)
  expect(await podNames()).toEqual(['alive', 'deleted'])

  const one = JSON.parse((await strip('--finalizer', 'example.com/record', '--json')).stdout) as { stripped: unknown }
  expect(one.stripped).toMatchObject([{ pod: 'deleted', removed: ['example.com/record'], left: ['example.com/other'] }])
  expect(await podNames(), 'the other finalizer holds it').toEqual(['alive', 'deleted'])

  await remove(kube, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await waitForObjects<void>(
    kube,
    { apiVersion: 'v1', kind: 'Pod', namespace },
    { what: 'both pods to be deleted', deadlineMs: 180_000, signal: never },
    (all) => (all.every(({ metadata }) => metadata?.deletionTimestamp) ? { value: undefined } : { notYet: 'one is not' }),
  )
  expect(await podNames(), 'the namespace cannot go before them').toEqual(['alive', 'deleted'])
  expect((await strip()).exitCode).toBe(0)
  await expect.poll(podNames, { timeout: 120_000 }).toEqual([])
  await namespaceGone(kube, namespace, never)
})

test('lab remedy strip-finalizers refuses a namespace that is not there', async () => {
  const { exitCode, stderr } = await lab(['remedy', 'strip-finalizers', '--namespace', 'nowhere'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is no namespace nowhere')
})
