import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { Scenario } from '../model/scenario.ts'
import { armManifests, episodeManifests, parseManifests, readScenarioFiles } from './arm-manifests.ts'
import type { ScenarioFiles } from './arm-manifests.ts'

const trigger = 'triggers/flooder.yaml'
const flooder = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: flooder}
spec:
  template:
    spec:
      containers: [{name: flooder, image: "incident-lab/workloads:current"}]
      volumes: [{name: log, hostPath: {path: /var/log/app}}]
`
const orders = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec: {replicas: 1}
`
const emptyDir = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: flooder}
spec:
  template:
    spec:
      volumes: [{name: log, hostPath: null, emptyDir: {}}]
`
const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: logs}
`

const files = (...differences: readonly string[]): ScenarioFiles => ({
  manifests: [{ file: 'manifests/1-orders.yaml', text: orders }],
  differences: new Map([['fix', differences.map((text) => ({ file: 'remedies/fix.yaml', text, appliedAt: 'deploy' as const }))]]),
  pace: [],
  applied: new Map([[trigger, { file: trigger, text: flooder }]]),
})
const images = [{ name: 'incident-lab/workloads', reference: 'incident-lab/workloads:abc', from: 'built' }]
const namesOf = (objects: readonly { kind?: string; metadata?: { name?: string } }[]): string[] =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata?.name}`)
const podOf = (object: unknown) => (object as { spec: { template: { spec: unknown } } }).spec.template.spec

test('what the trigger brings is not there before it, and its images are pinned', () => {
  const { deployed, triggered } = episodeManifests(files(), 'incident', trigger, images)
  expect(namesOf(deployed)).toEqual(['Deployment/orders'])
  expect(namesOf(triggered)).toEqual(['Deployment/flooder'])
  expect(podOf(triggered[0])).toMatchObject({ containers: [{ image: 'incident-lab/workloads:abc' }] })
})

test("a difference to the trigger's objects changes what the trigger brings, and deploys nothing before it", () => {
  const { deployed, triggered } = episodeManifests(files(emptyDir), 'fix', trigger, images)
  expect(namesOf(deployed)).toEqual(['Deployment/orders'])
  expect(namesOf(triggered)).toEqual(['Deployment/flooder'])
  expect(podOf(triggered[0]), 'hostPath: null takes it away').toMatchObject({ volumes: [{ name: 'log', emptyDir: {} }] })
  expect(JSON.stringify(triggered)).not.toContain('hostPath')
})

test('a difference to what stands beforehand does not reach the trigger', () => {
  const { deployed, triggered } = episodeManifests(files(orders.replace('1}', '3}')), 'fix', trigger, images)
  expect(deployed).toMatchObject([{ spec: { replicas: 3 } }])
  expect(triggered).toEqual(episodeManifests(files(), 'incident', trigger, images).triggered)
})

test('a later difference changes an object that an earlier one adds', () => {
  const service = (port: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: added}\nspec: {ports: [{name: http, port: ${port}}]}\n`
  const { deployed } = armManifests(files(service(80), service(8080)), 'fix', images)
  expect(deployed.filter(({ kind }) => kind === 'Service')).toMatchObject([{ spec: { ports: [{ name: 'http', port: 8080 }] } }])
})

test('an object that only the difference has is there before the trigger', () => {
  const { deployed, triggered } = episodeManifests(files(`${emptyDir}---${claim}`), 'fix', trigger, images)
  expect(namesOf(deployed)).toEqual(['Deployment/orders', 'PersistentVolumeClaim/logs'])
  expect(namesOf(triggered)).toEqual(['Deployment/flooder'])
})

test('trigger and steps of the trial and of all arms are read beforehand, each once', async () => {
  const folder = resolve(import.meta.dirname, '../../scenarios/log-flood-disk-pressure')
  const { default: written } = (await import(join(folder, 'scenario.ts'))) as { default: { arms: Record<string, object> } }
  const step = { when: { after: '1s' }, what: 'again', apply: 'triggers/newcomer.yaml' }
  const another = { ...step, apply: 'remedies/log-rotation.yaml' }
  const arms = { control: written.arms.control, incident: { ...written.arms.incident, steps: [step, another] } }
  const scenario = Scenario.parse({ ...written, arms })
  const { applied } = await readScenarioFiles(folder, scenario)
  expect([...applied.keys()]).toEqual(['triggers/flooder.yaml', 'triggers/newcomer.yaml', 'remedies/log-rotation.yaml'])
  expect(applied.get('triggers/newcomer.yaml')?.text).toContain('kind: Pod')
})

test("a Namespace among the objects is the arm's own: its labels count, and it is not deployed", () => {
  const labelled = 'apiVersion: v1\nkind: Namespace\nmetadata: {labels: {istio-injection: enabled}}\n'
  const { namespaceLabels, deployed } = armManifests(files(labelled), 'fix', images)
  expect(namespaceLabels).toEqual({ 'istio-injection': 'enabled' })
  expect(namesOf(deployed)).toEqual(['Deployment/orders'])
  expect(armManifests(files(), 'fix', images).namespaceLabels).toEqual({})
  expect(episodeManifests(files(labelled), 'fix', trigger, images)).toMatchObject({ namespaceLabels })
})

test('manifests are read as kubectl reads them: 0644 is octal', () => {
  expect(parseManifests({ file: 'x.yaml', text: 'kind: ConfigMap\ndefaultMode: 0644\n' })).toEqual([
    { kind: 'ConfigMap', defaultMode: 420 },
  ])
})

test('what an arm runs under load is read with its differences, and is none of its objects', async () => {
  const folder = resolve(import.meta.dirname, '../../scenarios/http2-hot-pod')
  const { default: written } = (await import(join(folder, 'scenario.ts'))) as { default: unknown }
  const read = await readScenarioFiles(folder, Scenario.parse(written))
  expect(read.differences.get('istio-scale-out')?.map(({ file, appliedAt }) => `${appliedAt} ${file}`)).toEqual([
    'deploy remedies/istio.yaml',
    'loaded remedies/scale-out.sh',
  ])
  const { deployed, namespaceLabels } = armManifests(read, 'istio-scale-out', images)
  expect(namesOf(deployed)).toEqual(['Deployment/client', 'Deployment/server', 'Service/server'])
  expect(namespaceLabels).toMatchObject({ 'istio-injection': 'enabled' })
})

test('a manifest that is not valid YAML is named, with what the parser said', () => {
  expect(() => parseManifests({ file: 'manifests/a.yaml', text: 'kind: [Pod' })).toThrow(
    expect.objectContaining({
      message: 'A manifest is not valid YAML',
      exit: 'usage',
      details: expect.objectContaining({ evidence: [expect.stringMatching(/^manifests\/a\.yaml: /)] }) as unknown,
    }),
  )
})

test('the programs of a scenario are a ConfigMap of every arm, without their tests', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-programs-'))
  await Promise.all(['manifests', 'programs'].map((name) => mkdir(join(folder, name))))
  await writeFile(join(folder, 'manifests/1-orders.yaml'), orders)
  await writeFile(join(folder, 'programs/main.ts'), 'console.log("${x}: |")\n')
  await writeFile(join(folder, 'programs/main.test.ts'), '')
  const scenario = resolve(import.meta.dirname, '../../scenarios/cpu-limit-throttling/scenario.ts')
  const { default: written } = (await import(scenario)) as { default: unknown }
  const { arms, trial } = Scenario.parse(written)
  const read = await readScenarioFiles(folder, { arms: { incident: arms.incident }, trial } as Parameters<
    typeof readScenarioFiles
  >[1])
  expect(armManifests(read, 'incident', images).deployed[0]).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'programs' },
    data: { 'main.ts': 'console.log("${x}: |")\n' },
  })
})
