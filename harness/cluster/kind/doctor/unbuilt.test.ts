import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepImageNames } from '../../../artifact/image.ts'
import { catalogue } from '../../../../kind-configs/kubernetes.ts'
import { everyImage } from '../../../test/fixtures/built-machine.ts'
import { fakeDocker } from '../../../test/fixtures/fake-docker.ts'
import { fakeProgram } from '../../../test/fixtures/fake-program.ts'
import { examine } from './doctor.ts'
import { toBuild, unbuilt } from '../images.ts'
import { preloadedNodeImageName } from '../preloaded-node-image.ts'
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

/** What is lacking where Docker has these images, for a new cluster with Envoy beside the workload image. */
const lackingWith = async (there: readonly string[], names = ['incident-lab/workloads', 'incident-lab/envoy']) => {
  await fakeProgram('docker', `printf '%s\\n' ${there.join(' ')}`)
  return (await toBuild('offline', catalogue[0], names, true)).map(({ name }) => name)
}

const fillCache = async (names?: readonly string[]): Promise<void> => {
  for (const { name, hash } of await unbuilt(catalogue[0], names)) await writeFile(join(cache, `${name}-${hash}`), '')
}

test('on a machine that has nothing, programs, Debian and eight images are still to be built for http2-hot-pod', async () => {
  const lacking = await lackingWith([])
  expect(lacking.filter((name) => name.startsWith('image '))).toHaveLength(8)
  expect(lacking).toEqual(
    expect.arrayContaining([`kubernetes-${catalogue[0].compiled}`, 'etcd', 'coredns', 'debian-base', 'debian-node']),
  )
  expect(lacking).not.toContain('debian-postgres')
})

test('on a machine that has everything nothing is still to be built', async () => {
  await fillCache()
  expect(await lackingWith(await everyImage())).toEqual([])
})

test('what the stopped engine of the lab has need not be built: an estimate does not start it', async () => {
  await fillCache()
  const whileStopped = async () => {
    await fakeProgram('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1')
    return (await toBuild('offline', catalogue[0], ['incident-lab/workloads', 'incident-lab/envoy'], true)).map(
      ({ name }) => name,
    )
  }
  expect((await whileStopped()).length).toBeGreaterThan(5)
  await keepImageNames((await everyImage()).join('\n'))
  expect(await whileStopped()).toEqual([])
})

test('an engine is stopped although the names of its images cannot be kept', async () => {
  vi.stubEnv('LAB_CACHE', '/proc/lab')
  await expect(keepImageNames('incident-lab/workloads')).resolves.toBeUndefined()
})

test('an image of which a part changed is built again, and with it the node image that holds it', async () => {
  await fillCache(['incident-lab/workloads'])
  expect(await lackingWith(await everyImage())).toEqual([
    'envoy',
    'image the base of incident-lab/envoy',
    'image incident-lab/envoy',
    `image ${preloadedNodeImageName}`,
  ])
})

test('a mesh counts when an image of it is named, with the program that makes its objects, and not otherwise', async () => {
  await fillCache()
  const lacking = await lackingWith(await everyImage(), ['incident-lab/workloads', 'incident-lab/istiod'])
  expect(lacking.filter((name) => !name.startsWith('image '))).toEqual(['pilot-discovery', 'pilot-agent', 'istioctl'])
})

test('where images are pulled, the node image counts while it is lacking, and each image that is built on a pulled one', async () => {
  await fakeProgram('docker', '[ "$2" = ls ] && echo incident-lab/workloads')
  const names = async (isNewCluster: boolean) =>
    (await toBuild('registry', catalogue[0], ['incident-lab/workloads', 'incident-lab/envoy'], isNewCluster)).map(
      ({ name }) => name,
    )
  expect(await names(true)).toEqual([catalogue[0].nodeImage, 'image incident-lab/envoy', `image ${preloadedNodeImageName}`])
  expect(await names(false)).toEqual([catalogue[0].nodeImage, 'image incident-lab/envoy'])
})

test('only what the images that are named are built from counts', async () => {
  const names = async (images: readonly string[]) => (await unbuilt(catalogue[0], images)).map(({ name }) => name)
  const node = [`kubernetes-${catalogue[0].compiled}`, 'etcd', 'coredns', 'pause', 'debian-base', 'debian-node']
  expect(await names(['incident-lab/workloads'])).toEqual(node)
  expect(await names(['incident-lab/postgres', 'incident-lab/envoy'])).toEqual([...node, 'envoy', 'debian-postgres'])
})
