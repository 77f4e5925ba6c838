import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { shapePath } from '../../places.ts'
import { defaultPlatform } from '../../model/platform.ts'
import type { Platform } from '../../model/platform.ts'
import { acceptingCgroup, onPlatform, podRange, withToken, withWorkers } from './shape.ts'

const rolesOf = (yaml: string): string[] => (parse(yaml) as { nodes: { role: string }[] }).nodes.map(({ role }) => role)

test.each([1, 3, 8])("the lab's shape can have %i workers, and keeps its control plane first", async (workers) => {
  const yaml = withWorkers(await readFile(shapePath('lab'), 'utf8'), workers)
  expect(rolesOf(yaml)).toEqual(['control-plane', ...Array<string>(workers).fill('worker')])
})

test('further workers are like the last one, and everything else of the shape stays', () => {
  const yaml =
    'kind: Cluster\nnetworking: {ipFamily: ipv4}\nnodes:\n- role: worker\n- {role: worker, labels: {zone: b}}\n- role: control-plane\n'
  expect(parse(withWorkers(yaml, 3))).toEqual({
    kind: 'Cluster',
    networking: { ipFamily: 'ipv4' },
    nodes: [
      { role: 'control-plane' },
      { role: 'worker' },
      { role: 'worker', labels: { zone: 'b' } },
      { role: 'worker', labels: { zone: 'b' } },
    ],
  })
})

test('a shape without workers stays as it is', () => {
  expect(withWorkers('kind: Cluster\n', 3)).toBe('kind: Cluster\n')
})

test('on cgroup v1 a kubelet that refuses it is configured to accept it: one more patch, and the rest of the shape stays', async () => {
  const patches = (yaml: string): string[] =>
    (parse(acceptingCgroup(yaml, 'v1.36', 'v1')) as { kubeadmConfigPatches: string[] }).kubeadmConfigPatches
  const lab = await readFile(shapePath('lab'), 'utf8')
  expect(patches(lab).map((patch) => parse(patch) as unknown)).toEqual([{ kind: 'KubeletConfiguration', failCgroupV1: false }])
  expect(rolesOf(withWorkers(acceptingCgroup(lab, 'v1.36', 'v1'), 5))).toHaveLength(6)
  const own = 'kind: Cluster\nkubeadmConfigPatches:\n- "kind: ClusterConfiguration\\nclusterName: mine\\n"\n'
  expect(patches(own)).toEqual(['kind: ClusterConfiguration\nclusterName: mine\n', patches(lab)[0]])
})

test.each([
  ['v1.34', 'v1'],
  ['v1.36', 'v2'],
] as const)('a shape stays as it is written for %s on cgroup %s', async (minor, cgroup) => {
  const lab = await readFile(shapePath('lab'), 'utf8')
  expect(acceptingCgroup(lab, minor, cgroup)).toBe(lab)
})

test('the pod range is kind’s own unless the shape has another', () => {
  expect(podRange('kind: Cluster')).toBe('10.244.0.0/16')
  expect(podRange('networking: {podSubnet: 10.100.0.0/16}')).toBe('10.100.0.0/16')
})

test('a shape with several control planes is refused: kind puts a load balancer before them that bears no mark', () => {
  expect(() => withToken('nodes: [{role: control-plane}, {role: control-plane}]', 'token')).toThrow(
    expect.objectContaining({ message: 'The shape has several control planes', exit: 'usage' }),
  )
})

const labOn = async (settings: Partial<Platform>, minor = 'v1.34') =>
  parse(onPlatform(await readFile(shapePath('lab'), 'utf8'), { ...defaultPlatform, name: 'mine', ...settings }, minor)) as Record<
    string,
    unknown
  >

test('a shape stays as it is written on a platform without settings', async () => {
  const lab = await readFile(shapePath('lab'), 'utf8')
  expect(onPlatform(lab, defaultPlatform, 'v1.34')).toBe(lab)
  expect(onPlatform(lab, { ...defaultPlatform, name: 'v1.36', kubernetes: 'v1.36' }, 'v1.36')).toBe(lab)
})

test('a platform adds to the shape: the mode of kube-proxy, feature gates, fields of every kubelet', async () => {
  const made = await labOn({ kubeProxyMode: 'nftables', featureGates: { MyGate: true }, kubelet: { cpuCFSQuota: false } })
  expect(made).toMatchObject({
    networking: { kubeProxyMode: 'nftables' },
    featureGates: { MutatingAdmissionPolicy: true, MyGate: true },
  })
  const patches = (made['kubeadmConfigPatches'] as string[]).map((patch) => parse(patch) as unknown)
  expect(patches).toEqual([{ kind: 'KubeletConfiguration', cpuCFSQuota: false }])
  expect(rolesOf(JSON.stringify(made))).toHaveLength(4)
})

test('flags of the control plane are a map up to 1.35, and entries of a list from 1.36 on', async () => {
  const flags = { apiServer: { 'max-requests-inflight': '20' }, scheduler: { v: '4' } }
  const older = await labOn(flags, 'v1.34')
  expect((older['kubeadmConfigPatches'] as string[]).map((patch) => parse(patch) as unknown)).toEqual([
    { kind: 'ClusterConfiguration', apiServer: { extraArgs: flags.apiServer }, scheduler: { extraArgs: flags.scheduler } },
  ])
  expect(older['kubeadmConfigPatchesJSON6902']).toEqual([])
  const newer = await labOn(flags, 'v1.36')
  expect(newer['kubeadmConfigPatches']).toEqual([])
  const [patch] = newer['kubeadmConfigPatchesJSON6902'] as { version: string; patch: string }[]
  expect(patch?.version).toBe('v1beta4')
  expect(JSON.parse(patch?.patch ?? '')).toEqual([
    { op: 'add', path: '/apiServer/extraArgs/-', value: { name: 'max-requests-inflight', value: '20' } },
    { op: 'add', path: '/scheduler/extraArgs/-', value: { name: 'v', value: '4' } },
  ])
})
