// In which order the node image is built, with programs in place of compilers, mmdebstrap and Docker.
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Work } from '../../harness/model/work.ts'
import { fakeProgram } from '../../harness/test/fixtures/fake-program.ts'
import { catalogue } from '../kubernetes.ts'
import { nodeImage } from './build.ts'

let cache = ''
let log = ''
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  log = join(await mkdtemp(join(tmpdir(), 'lab-log-')), 'log')
  vi.stubEnv('LAB_CACHE', cache)
  await fakeProgram('gcc', 'while [ "$1" != -o ]; do shift; done; echo pause >"$2"')
  await fakeProgram('docker', `[ "$1 $2" != 'image inspect' ]`)
})

const names = ['kube-apiserver:v1', 'coredns:v1', 'pause:v1'].map((name) => `registry.k8s.io/${name}`).join(' ')

/** A `go` whose builds take so many seconds; what it compiles names the images of a control plane, as kubeadm does. */
const fakeGo = (seconds: number): Promise<string> =>
  fakeProgram(
    'go',
    `[ "$1" = build ] || exit 0
echo begin >>${log}
sleep ${seconds}
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\nprintf "%%s\\\\n" ${names}\\n' >"$2"
chmod +x "$2"
echo end >>${log}`,
  )

const steps: string[] = []
const work = (signal = new AbortController().signal): Work => ({
  signal,
  step: async (title, run) => {
    const name = title.replace(/ \(once.*/, '').replace(/:[0-9a-f]{12}$/, '')
    steps.push(name)
    const made = await run(() => {})
    steps.push(`${name}: done`)
    return made
  },
})
beforeEach(() => void steps.splice(0))

test('Debian is unpacked while programs are compiled, an image is made as soon as its parts are there, and the node image comes last', async () => {
  await fakeGo(0.3)
  await fakeProgram('mmdebstrap', 'for draft; do :; done; echo archive >"$draft"')
  const node = `build image incident-lab/node-${catalogue[0].minor}`
  expect(await nodeImage(work(), catalogue[0])).toMatch(/^incident-lab\/node-/)
  const at = (step: string): number => {
    expect(steps).toContain(step)
    return steps.indexOf(step)
  }
  const firstCompiled = Math.min(
    ...['etcd', 'coredns', `kubernetes-${catalogue[0].compiled}`].map((name) => at(`compile ${name}: done`)),
  )
  expect(steps.findIndex((step) => step.startsWith('unpack Debian'))).toBeLessThan(firstCompiled)
  expect(at('unpack Debian bookworm for the base image: done')).toBeLessThan(at('build image incident-lab/debian-base'))
  expect(at('unpack Debian bookworm for the node image: done')).toBeLessThan(at('build image incident-lab/debian-node'))
  expect(steps.slice(-2)).toEqual([node, `${node}: done`])
})

test('on up to seven CPUs one program is compiled at a time', async ({ skip }) => {
  const { availableParallelism } = await import('node:os')
  skip(availableParallelism() > 7, 'this machine compiles more at a time')
  await fakeGo(0.05)
  await fakeProgram('mmdebstrap', 'for draft; do :; done; echo archive >"$draft"')
  await nodeImage(work(), catalogue[0])
  expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end'])
})

test('when Debian cannot be unpacked compilers are stopped, no image is begun, and what was whole stays in the cache', async () => {
  await fakeGo(60)
  await fakeProgram(
    'mmdebstrap',
    `until ls ${cache} | grep '^pause-[0-9a-f]*$'; do sleep 0.05; done; echo 'E: no mirror' >&2; exit 25`,
  )
  await expect(nodeImage(work(), catalogue[0])).rejects.toMatchObject({
    message: expect.stringMatching(/^Failed to unpack Debian bookworm for the (base|node) image$/) as unknown,
    details: { evidence: expect.arrayContaining(['E: no mirror']) as unknown },
  })
  expect(await readFile(log, 'utf8'), 'one was compiling').toBe('begin\n')
  expect(steps.filter((step) => step.startsWith('build image'))).toEqual([])
  expect((await readdir(cache)).filter((name) => !name.endsWith('.sha256'))).toEqual([expect.stringMatching(/^pause-[0-9a-f]+$/)])
})

test('an interrupt ends every build, leaves no draft, and is no failure of one of them', async () => {
  await fakeGo(60)
  await fakeProgram('mmdebstrap', 'sleep 60')
  const stop = new AbortController()
  const building = nodeImage(work(stop.signal), catalogue[0])
  await expect.poll(() => steps.join()).toMatch(/unpack Debian/)
  await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toBe('begin\n')
  stop.abort()
  await expect(building).rejects.not.toThrow('Failed to')
  expect((await readdir(cache)).filter((name) => name.includes('.draft'))).toEqual([])
})
