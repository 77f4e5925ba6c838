// The arms that need Istio or Contour, as a user asks for them; what an Envoy refuses; and that nothing of either stays.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { removeNamespaces } from '../../kube/namespace.ts'
import { remove } from '../../kube/apply.ts'
import { listObjects } from '../../kube/watch.ts'
import {
  armOf,
  changedScenario,
  expectVerdicts,
  lab,
  never,
  readRun,
  root,
  said,
  sharedKube,
  temporaryFolder,
  value,
} from '../cluster/support.ts'

vi.setConfig({ testTimeout: 20 * 60_000 }) // the first test compiles Istio and Contour, once per machine

const kinds = [
  ['v1', 'Namespace'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['coordination.k8s.io/v1', 'Lease'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['apiregistration.k8s.io/v1', 'APIService'],
  ['networking.k8s.io/v1', 'Ingress'],
] as const

/** The exit codes of a run that was measured and judged, whatever it found. */
const judged = [0, 1, 4]

/** Every object, in any namespace, that is the lab's or has the name of an add-on or of what it makes. */
const leftOvers = async (): Promise<string[]> => {
  const found = await Promise.all(kinds.map(([apiVersion, kind]) => listObjects(sharedKube(), { apiVersion, kind })))
  return found.flatMap((objects, index) =>
    objects
      .map(({ metadata }) => `${kinds[index]?.[1]} ${metadata?.namespace ?? ''}/${metadata?.name}`)
      .filter((name) => /istio|contour|[ /]lab-/.test(name)),
  )
}

test('the article’s own fixes balance for real, a mesh on TCP does not, and the mesh follows what changes under load', async () => {
  const out = await temporaryFolder()
  const arms = 'istio,istio-scale-out,istio-without-istiod,istio-tcp,proxyless-grpc,ingress'
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', arms, '--out', out])
  expect(judged, all).toContain(exitCode)
  expect(await leftOvers(), 'nothing of Istio or Contour is left').toEqual([])
  const run = await readRun(out)

  expectVerdicts(run, {
    incident: 'reproduced',
    'istio-tcp': 'no-effect',
    'istio-scale-out': 'not-reproduced',
    'istio-without-istiod': 'not-reproduced',
  })
  for (const fix of ['istio', 'proxyless-grpc', 'ingress']) {
    expect(value(run, fix, 'effective_pods')).toBeGreaterThanOrEqual(0.9 * 3)
    expect(['fixed', 'mitigated', 'inconclusive'], 'what a hop more costs in latency hangs on the machine').toContain(
      armOf(run, fix).verdict,
    )
  }

  const proof = armOf(run, 'istio').proof.join('\n')
  expect(proof, 'the application keeps its one connection').toMatch(
    /before the load, opened by client-\S+:.*user 65532 \(client\): 1 to service server:9000$/m,
  )
  for (const pod of run.scenarios[0]?.trials.find(({ arm }) => arm === 'istio')?.pods ?? [])
    expect(proof, 'and the sidecar has its own to every pod').toMatch(
      new RegExp(`user 1337 \\(istio-proxy\\):.*\\d to ${pod}:9000`),
    )
  for (const arm of ['istio', 'istio-tcp', 'ingress']) {
    expect(value(run, arm, 'listeners_in_force')).toBeGreaterThan(0)
    expect(value(run, arm, 'updates_refused')).toBe(0)
    for (const cost of ['proxy_cpu_millicores', 'proxy_memory_mib', 'control_plane_memory_mib'])
      expect(value(run, arm, cost)).toBeGreaterThan(0)
  }
  expect(armOf(run, 'proxyless-grpc').metrics, 'no proxy, no listener').not.toHaveProperty('listeners_in_force')

  expect(value(run, 'istio-scale-out', 'pods')).toBe(5)
  expect(value(run, 'istio-scale-out', 'requests_to_added_pods')).toBeGreaterThan(0)
  expect(value(run, 'istio-scale-out', 'added_pods_level_after')).toBeGreaterThan(0)
  expect(armOf(run, 'istio-without-istiod').proof.join('\n')).toMatch(
    /remedies\/istiod-gone\.sh, run .* pod\/istiod-\S+ condition met/,
  )
})

test('an Envoy that refuses its configuration ends the run at once, with the name of what it refused', async () => {
  const remedy = await readFile(join(root, 'scenarios/http2-hot-pod/remedies/istio.yaml'), 'utf8')
  const folder = await changedScenario('http2-hot-pod', { 'remedies/istio.yaml': [[remedy, `${remedy}---\n${ofAnotherEnvoy}`]] })
  const started = performance.now()
  const { exitCode, all } = await lab(['run', 'http2-hot-pod', '--quick', '--arm', 'istio', '--out', await temporaryFolder()], {
    LAB_SCENARIOS: folder,
  })
  expect(exitCode).not.toBe(0)
  expect(all).toMatch(/The Envoy of client-\S+ in lab-http2-hot-pod-istio refuses its configuration/)
  expect(all).toMatch(/Listener: Error adding\/updating listener\(s\) 0\.0\.0\.0_\d+: .*only-elsewhere/)
  expect(performance.now() - started, 'long before any deadline').toBeLessThan(120_000)
  expect(await leftOvers()).toEqual([])
})

/** A filter that no Envoy knows, as one that is meant for another build of it. */
const ofAnotherEnvoy = `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: only-elsewhere}
spec:
  configPatches:
    - applyTo: HTTP_FILTER
      match:
        context: SIDECAR_OUTBOUND
        listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager}}}
      patch:
        operation: INSERT_BEFORE
        value:
          name: only-elsewhere
          typed_config:
            "@type": type.googleapis.com/udpa.type.v1.TypedStruct
            type_url: type.googleapis.com/only.elsewhere.v1.Config
            value: {}
`

test('what a killed run left of a mesh goes, though its injector is dead and would refuse every pod', async () => {
  const running = lab(['run', 'http2-hot-pod', '--quick', '--arm', 'istio', '--out', await temporaryFolder()])
  await said(running, 'measure')
  running.kill('SIGKILL')
  await running
  const kube = sharedKube()
  await remove(kube, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'istiod', namespace: 'lab-istio' } })
  expect((await leftOvers()).join('\n')).toContain('MutatingWebhookConfiguration /istio-sidecar-injector-lab-istio')
  await removeNamespaces(kube, never)
  expect(await leftOvers()).toEqual([])
  const { exitCode, all } = await lab(['up'])
  expect(exitCode, all).toBe(0)
  const { items } = await kube.core.listNode({ labelSelector: 'incident-lab/resting' })
  expect(items, 'the nodes that rested for the killed run are awake').toEqual([])
})
