import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { catalogue } from '../../../../kind-configs/kubernetes.ts'
import { fakeDocker } from '../../../test/fixtures/fake-docker.ts'
import { fakeProgram } from '../../../test/fixtures/fake-program.ts'
import { examine } from './doctor.ts'
import { unbuilt } from '../images.ts'
import { here } from '../machine.ts'

let cache = ''
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  vi.stubEnv('LAB_CACHE', cache)
})
afterEach(() => vi.unstubAllEnvs())

/** The tools that doctor looks for on a machine that has none of them. */
const askedFor = async (images?: readonly string[]): Promise<string[]> => {
  vi.stubEnv('PATH', (await fakeDocker({ info: null })).folder)
  const asked = images ? { offline: true, images } : { offline: true }
  const findings = await examine(asked, { ...here, platform: 'linux' })
  return findings.filter(({ found }) => found.endsWith('does not work')).map(({ name }) => name)
}

test('with an empty cache, all tools are asked for, and each says what it is to build', async () => {
  expect(await askedFor()).toEqual(['go', 'gcc', 'mmdebstrap', 'pip'])
  const findings = await examine({ offline: true }, { ...here, platform: 'linux' })
  expect(findings.find(({ name }) => name === 'go')?.why).toContain(`kubernetes-${catalogue[0].compiled}, etcd, coredns`)
})

test('a Go that is too old for this version of Kubernetes is missing, with what it takes', async () => {
  const goOf = async (version: string) => {
    await fakeProgram('go', `echo "go version go${version} linux/amd64"`)
    const findings = await examine({ offline: true }, { ...here, platform: 'linux' })
    return findings.find(({ name }) => name === 'go')
  }
  expect(await goOf('1.19.8')).toMatchObject({
    state: 'missing',
    next: `install Go ${catalogue[0].leastGo} or newer from go.dev`,
  })
  expect(await goOf(`${catalogue[0].leastGo}.1`)).toMatchObject({ state: 'ok' })
})

test('with everything in the cache none is, add-ons apart: those are built when they are first asked for', async () => {
  for (const { name, hash } of await unbuilt(catalogue[0])) await writeFile(join(cache, `${name}-${hash}`), '')
  expect(await unbuilt(catalogue[0])).toEqual([])
  expect(await askedFor()).toEqual([])
})

test('only what the images that are named are built from counts', async () => {
  const names = async (images: readonly string[]) => (await unbuilt(catalogue[0], images)).map(({ name }) => name)
  const node = [`kubernetes-${catalogue[0].compiled}`, 'etcd', 'coredns', 'pause', 'debian-base', 'debian-node']
  expect(await names(['incident-lab/workloads'])).toEqual(node)
  expect(await names(['incident-lab/postgres', 'incident-lab/envoy'])).toEqual([...node, 'envoy', 'debian-postgres'])
})
