import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue, minorOf, refusesCgroupV1 } from './kubernetes.ts'

const nodeImage = (path: string): Promise<string> => readFile(join(import.meta.dirname, 'node-image', path), 'utf8')

/** Numbers of a version, to compare: v3.6.8 is [3, 6, 8]. */
const numbers = (version: string): number[] => version.replace('v', '').split('.').map(Number)
const isAtLeast = (version: string, least: string): boolean => {
  const [a, b] = [numbers(version), numbers(least)]
  const index = b.findIndex((number, at) => number !== (a[at] ?? 0))
  return index < 0 || (a[index] ?? 0) > (b[index] ?? 0)
}

const goOf = (modfile: string): string => /^go (\S+)$/m.exec(modfile)?.[1] ?? ''

test.each(catalogue)('$minor is pulled by digest, and what is compiled is of the same minor version', (version) => {
  expect(version.nodeImage).toMatch(new RegExp(`^kindest/node:${version.minor}\\.\\d+@sha256:[0-9a-f]{64}$`))
  expect(minorOf(version.compiled)).toBe(version.minor)
})

test.each(catalogue)(
  'all modules of Kubernetes in the modfile of $minor have one version, the one that is compiled',
  async (version) => {
    const modfile = await nodeImage(`kubernetes/${version.modfile}`)
    const sister = version.compiled.replace(/^v1/, 'v0')
    expect(modfile).toContain(`\tk8s.io/kubernetes ${version.compiled}\n`)
    const replaced = [...modfile.matchAll(/^\t(\S+) => (\S+) (\S+)$/gm)].map(([, from = '', to, at]) => ({ from, to, at }))
    expect(replaced).toEqual(replaced.map(({ from }) => ({ from, to: from, at: sister })))
    const required = [...modfile.matchAll(/^\t(\S+) (v0\.\d+\.\d+)(?: \/\/ indirect)?$/gm)]
      .filter(([, path]) => replaced.some(({ from }) => from === path))
      .map(([, , at]) => at)
    expect(required.length).toBeGreaterThan(20)
    expect(new Set(required)).toEqual(new Set([sister]))
  },
)

test.each(catalogue)(
  'nothing that the node image of $minor is compiled from needs a newer Go than the catalogue says',
  async (version) => {
    const modfiles = [`kubernetes/${version.modfile}`, 'kind/go.mod']
    const wanted = (await Promise.all(modfiles.map(nodeImage))).map(goOf)
    expect(wanted.filter((go) => !isAtLeast(version.leastGo, go.replace(/\.0$/, '')))).toEqual([])
  },
)

test.each(catalogue)('etcd of $minor is not older than the client that Kubernetes is compiled with', async (version) => {
  const modfile = await nodeImage(`kubernetes/${version.modfile}`)
  const [, server = ''] = /etcd\/server\/v3 (\S+)/.exec(modfile) ?? []
  const [, client = ''] = /etcd\/client\/v3 (\S+)/.exec(modfile) ?? []
  expect(client).toMatch(/^v3/)
  expect(isAtLeast(server, client)).toBe(true)
})

test('the kubelet refuses cgroup v1 from 1.35 on', () => {
  expect(['v1.34', 'v1.35', 'v1.36'].map(refusesCgroupV1)).toEqual([false, true, true])
})
