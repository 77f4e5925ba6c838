// A remedy in a cluster that is not the lab's, which here is a decoy: it records what reaches it.
import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { lab, labHere, labHereWith } from '../test/fixtures/lab-command.ts'

const pod = {
  metadata: { name: 'stuck', uid: '1', finalizers: ['example.com/record'], deletionTimestamp: '2026-11-01T10:00:00Z' },
  status: {},
}
const requests: string[] = []
const decoy = createServer(({ method = '', url = '' }, response) => {
  requests.push(`${method} ${url}`)
  response.setHeader('content-type', 'application/json')
  if (url.includes('/namespaces/gone')) response.statusCode = 404
  response.end(
    JSON.stringify(url.endsWith('/pods') ? { kind: 'PodList', apiVersion: 'v1', items: [pod] } : { metadata: { name: 'shop' } }),
  )
})

let kubeconfig = ''
let state = ''
beforeAll(async () => {
  await once(decoy.listen(0, '127.0.0.1'), 'listening')
  const server = `http://127.0.0.1:${(decoy.address() as AddressInfo).port}`
  kubeconfig = join(await mkdtemp(join(tmpdir(), 'lab-decoy-')), 'kubeconfig')
  const fileWith = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'theirs', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: {} }],
    contexts: [{ name, context: { cluster: 'theirs', user: 'me' } }],
    'current-context': name,
  })
  await writeFile(kubeconfig, stringify(fileWith('production')))
  state = await mkdtemp(join(tmpdir(), 'lab-state-'))
  await writeFile(join(state, 'kubeconfig'), stringify(fileWith('kind-incident-lab')))
  const made = { begunAt: '2026-11-01T10:00:00Z', containers: ['a'], uid: 'of the lab’s own', kept: true }
  await writeFile(join(state, 'incident-lab.made.json'), JSON.stringify(made))
})
beforeEach(() => void requests.splice(0))
afterAll(() => decoy.close())

const stripping = (...flags: string[]) => [
  'remedy',
  'strip-finalizers',
  '--namespace',
  'shop',
  '--kubeconfig',
  kubeconfig,
  ...flags,
]
const strip = (...flags: string[]) => labHere(...stripping(...flags))

test('without --context nothing is asked of the cluster that is current in a file', async () => {
  const { exitCode, stderr } = await strip()
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toMatch(/--kubeconfig .* needs a --context/)
  expect(requests).toEqual([])
})

test('without a terminal to ask at nothing is changed, and what would be is listed with where', async () => {
  const { exitCode, stderr } = await lab(...stripping('--context', 'production'))
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toMatch(
    /^production \(http:\/\/127\.0\.0\.1:\d+\)\n1 pod of shop in Terminating because of a finalizer\n {2}stuck/,
  )
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
})

test('at a terminal any answer except yes changes nothing', async () => {
  const terminal = Object.assign(Readable.from(['y\n']), { isTTY: true, fd: 0 as const })
  const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(terminal as unknown as typeof process.stdin)
  onTestFinished(() => stdin.mockRestore())
  const { exitCode, stderr } = await strip('--context', 'production')
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toMatch(/Nothing was changed\n {2}why: the answer was not yes\n {2}next: --yes /)
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
})

test('with --yes it is done', async () => {
  const { exitCode, stdout, stderr } = await strip('--context', 'production', '--yes')
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain('removed;')
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual(['PATCH /api/v1/namespaces/shop/pods/stuck'])
})

test('a context that is not in the file is not another one', async () => {
  const { exitCode, stderr } = await strip('--context', 'staging')
  expect(exitCode, stderr).toBe(2)
  expect(stderr).toMatch(/has no context staging\n {2}why: it has: production/)
  expect(requests).toEqual([])
})

test('a cluster that answers in the place of the lab’s own is not taken for it', async () => {
  const words = ['remedy', 'strip-finalizers', '--namespace', 'shop']
  const { exitCode, stderr } = await labHereWith({ LAB_STATE: state }, ...words)
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toMatch(
    /The cluster that answers as kind-incident-lab is not the one that this lab created\n {2}why: .*the lab recorded/,
  )
  expect(requests).toEqual(['GET /api/v1/namespaces/kube-system'])
})

test('--context without a file is refused: in the lab’s own there is one cluster', async () => {
  expect((await labHere('remedy', 'strip-finalizers', '--namespace', 'shop', '--context', 'production')).exitCode).toBe(2)
})

test('a namespace that is not there is wrong usage', async () => {
  const words = ['remedy', 'strip-finalizers', '--namespace', 'gone', '--kubeconfig', kubeconfig, '--context', 'production']
  const { exitCode, stderr } = await labHere(...words)
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/There is no namespace gone\n {2}next: `kubectl get namespaces`/)])
})

test('a cluster that does not answer is named as such, with why', async () => {
  const closed = createServer()
  await once(closed.listen(0, '127.0.0.1'), 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  const away = join(await mkdtemp(join(tmpdir(), 'lab-away-')), 'kubeconfig')
  await writeFile(away, (await readFile(kubeconfig, 'utf8')).replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`))
  const words = ['remedy', 'strip-finalizers', '--namespace', 'shop', '--kubeconfig', away, '--context', 'production']
  const { exitCode, stderr } = await labHere(...words)
  expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/No cluster answers\n {2}why: .*ECONNREFUSED/)])
})
