import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeProgram } from '../../harness/test/fixtures/fake-program.ts'
import { buildTargets, imagesOf } from './build.ts'

test('while a node image is built, the engine, which may be the user’s, never has an image of Kubernetes under its own name', async () => {
  const folder = await fakeProgram('docker', 'echo "$@" >> $here/calls')
  const images = {
    components: ['registry.k8s.io/kube-apiserver:v1.34.4', 'registry.k8s.io/kube-proxy:v1.34.4'],
    coredns: 'registry.k8s.io/coredns/coredns:v1.12.1',
    pause: 'registry.k8s.io/pause:3.10.1',
  }
  const work = { step: never, signal: new AbortController().signal }
  await buildTargets(work, folder, {}, images, 'incident-lab/node:hash')
  const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n')
  const named = calls.filter((call) => /^(?:build|tag|image rm|save|commit) /.test(call))
  const names = named
    .flatMap((call) => call.replaceAll(/--build-arg \S+/g, '').split(' '))
    .filter((word) => word.includes('registry.k8s.io'))
  expect(new Set(names)).toEqual(
    new Set([...images.components, images.coredns, images.pause].map((name) => `being-built.incident-lab/${name}`)),
  )
  expect(calls.at(-1)).toBe(`image rm incident-lab/node:hash-without-images ${[...new Set(names)].join(' ')}`)
})

const kubeadmOf = async (...names: readonly string[]): Promise<string> =>
  join(await fakeProgram('kubeadm', `printf '%s\\n' ${names.join(' ')}`), 'kubeadm')

test('the images of a control plane are those that kubeadm names, CoreDNS and pause apart from the others', async () => {
  const [server, dns, pause] = [
    'registry.k8s.io/kube-apiserver:v1.34.4',
    'registry.k8s.io/coredns/coredns:v1.12.1',
    'registry.k8s.io/pause:3.10.1',
  ]
  const images = { components: [server], coredns: dns, pause }
  expect(await imagesOf(await kubeadmOf(server, dns, pause), 'v1.34.4')).toEqual(images)
})

test('a kubeadm that names no image of a part is an error with the names that it has', async () => {
  const kubeadm = await kubeadmOf('registry.k8s.io/kube-apiserver:v1.34.4', 'registry.k8s.io/pause:3.10.1')
  await expect(imagesOf(kubeadm, 'v1.34.4')).rejects.toMatchObject({
    message: 'kubeadm v1.34.4 names no image of coredns',
    exit: 'unexpected',
    details: {
      evidence: ['registry.k8s.io/kube-apiserver:v1.34.4', 'registry.k8s.io/pause:3.10.1'],
      next: expect.stringContaining('--kubernetes') as unknown,
    },
  })
})

const never = (): never => {
  throw new Error('this is no step')
}
