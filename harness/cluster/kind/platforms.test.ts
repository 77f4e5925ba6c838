// Platforms: what the lab comes with, what a file may say, and what is refused before anything is made.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Platform } from '../../model/platform.ts'
import { platforms, readPlatform, requireAble } from './platforms.ts'
import { settingsOf } from './shape.ts'

const platform = async (yaml: string) => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-platform-')), 'mine.yaml')
  await writeFile(path, yaml)
  return readPlatform(path)
}

test('every platform of the lab is valid, and each but the default and those of a version sets something', async () => {
  const all = await platforms()
  expect(all[0]).toMatchObject({ name: 'default' })
  expect(all.length).toBeGreaterThan(5)
  expect(all.filter((each) => settingsOf(each) === null && each.kubernetes === undefined).map(({ name }) => name)).toEqual([
    'default',
  ])
})

test('no two platforms of the lab are the same', async () => {
  const all = (await platforms()).map((each) => `${each.kubernetes} ${settingsOf(each)}`)
  expect(new Set(all).size).toBe(all.length)
})

test('a file of one’s own is a platform by its path', async () => {
  const mine = await platform('summary: mine\nkubelet:\n  maxPods: 50\nscheduler:\n  v: "4"\n')
  expect(mine).toMatchObject({ name: expect.stringMatching(/mine\.yaml$/), kubelet: { maxPods: 50 }, scheduler: { v: '4' } })
})

test('a platform that does not exist is wrong usage, and those there are are named', async () => {
  await expect(readPlatform('ipvs')).rejects.toMatchObject({
    message: 'There is no platform ipvs',
    exit: 'usage',
    details: { why: expect.stringContaining('nftables') },
  })
})

test.each([
  ['summary: a\nkubelet:\n  cpuCfsQuota: false', /^kubelet: .*"?cpuCfsQuota/],
  ['summary: a\nproxyMode: nftables', /proxyMode/],
  ['summary: a\nkubeProxyMode: ipvs', /^kubeProxyMode: /],
  ['kubeProxyMode: nftables', /^summary: /],
  ['summary: a\nkubernetes: v1.20', /^kubernetes: the lab supports v1\.34/],
  ['summary: a\nkubernetes: latest', /^kubernetes: .*such as v1\.36/],
  ['summary: a\nkubelet: {cpuCFSQuota: false, cpuCFSQuotaPeriod: 100ms}', /^kubelet\.cpuCFSQuotaPeriod: cpuCFSQuota is false/],
  ['summary: a\nkubelet: {cpuCFSQuotaPeriod: 20ms}', /^kubelet\.cpuCFSQuotaPeriod: .*CustomCPUCFSQuotaPeriod: true/],
  ['summary: a\nkubelet: {cpuManagerPolicy: static}', /^kubelet\.cpuManagerPolicy: static needs CPUs that are reserved/],
  ['summary: a\napiServer: {feature-gates: A=true}', /^apiServer\.feature-gates: name feature gates under featureGates/],
  ['summary: a\nscheduler: {--v: "4"}', /^scheduler\.--v: /],
  ['summary: [', /./],
])('%j is refused before anything is made', async (yaml, problem) => {
  await expect(platform(yaml)).rejects.toMatchObject({
    message: expect.stringMatching(/^Platform .*mine\.yaml is not valid$/),
    exit: 'usage',
    details: { evidence: expect.arrayContaining([expect.stringMatching(problem)]) },
  })
})

test('a platform that takes cgroup v2 is refused on v1, and every other one is not', async () => {
  const all = await platforms()
  const refused = (cgroup: 'v1' | 'v2'): string[] => all.filter((each) => refusal(each, cgroup)).map(({ name }) => name)
  expect(refused('v1')).toEqual(['single-process-oom-kill'])
  expect(refused('v2')).toEqual([])
  expect(all.map((each) => refusal(each, 'v1'))).toContainEqual(
    expect.objectContaining({ exit: 'cannotRun', message: 'Platform single-process-oom-kill needs cgroup v2' }),
  )
})

const refusal = (each: Platform, cgroup: 'v1' | 'v2'): unknown => {
  try {
    return requireAble(each, { cgroup })
  } catch (error) {
    return error
  }
}
