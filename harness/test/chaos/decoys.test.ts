// Whatever the environment points to, the lab reaches only its own cluster: a decoy counts requests. The lab may ask a decoy engine for its identity.
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer as createEngine } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import * as z from 'zod'
import { kubeconfigPath } from '../../places.ts'
import { changedScenario, lab, measured, temporaryFolder } from '../cluster/support.ts'

let visitors = 0
const decoy = createServer((socket) => {
  visitors += 1
  socket.destroy()
})
let port = 0
beforeAll(async () => {
  await once(decoy.listen(0, '127.0.0.1'), 'listening')
  port = (decoy.address() as AddressInfo).port
})
beforeEach(() => void (visitors = 0))
afterAll(() => decoy.close())

const decoyConfig = () => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'decoy', cluster: { server: `https://127.0.0.1:${port}` } }],
  users: [{ name: 'decoy', user: { token: 'x' } }],
  contexts: [{ name: 'decoy', context: { cluster: 'decoy', user: 'decoy' } }],
  'current-context': 'decoy',
})

const decoyFile = async (path: string): Promise<string> => {
  const file = join(await temporaryFolder(), path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, stringify(decoyConfig()))
  return file
}

const Config = z.looseObject({ clusters: z.array(z.unknown()), users: z.array(z.unknown()), contexts: z.array(z.unknown()) })

/** What leads elsewhere. Resolves with variables, and with how it is undone. */
const setUps: Readonly<Record<string, () => Promise<{ env: Record<string, string>; undo?: () => Promise<void> }>>> = {
  'KUBECONFIG names another cluster': async () => ({ env: { KUBECONFIG: await decoyFile('config') } }),
  'the home folder has another cluster': async () => {
    const file = await decoyFile('.kube/config')
    return {
      env: {
        HOME: join(file, '../..'),
        LAB_CACHE: process.env['LAB_CACHE'] ?? `${process.env['HOME']}/.cache/kubernetes-incident-lab`,
        LAB_STATE: join(kubeconfigPath(), '..'),
      },
    }
  },
  'it looks like a pod of another cluster': async () => ({
    env: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${port}` },
  }),
  'a proxy stands in between': async () => {
    const proxy = `http://127.0.0.1:${port}`
    return { env: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, ALL_PROXY: proxy, https_proxy: proxy, http_proxy: proxy } }
  },
  'another cluster is current in the lab’s own kubeconfig': async () => {
    const before = await readFile(kubeconfigPath(), 'utf8')
    const own = Config.parse(parse(before))
    const { clusters, users, contexts, ...rest } = decoyConfig()
    const both = {
      ...own,
      ...rest,
      clusters: [...clusters, ...own.clusters],
      users: [...users, ...own.users],
      contexts: [...contexts, ...own.contexts],
    }
    await writeFile(kubeconfigPath(), stringify(both))
    return { env: {}, undo: () => writeFile(kubeconfigPath(), before) }
  },
}

const commands: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  status: async () => ['status'],
  doctor: async () => ['doctor'],
  up: async () => ['up'],
  clean: async () => ['clean'],
  remedy: async () => ['remedy', 'strip-finalizers', '--namespace', 'default'],
  run: async () => ['run', 'http2-hot-pod', '--quick', '--arm', 'control', '--out', await temporaryFolder()],
}

const cases = Object.keys(setUps).flatMap((setUp) => Object.keys(commands).map((command) => ({ setUp, command })))

test.each(cases)('$setUp: lab $command does its work, and never contacts the decoy', async ({ setUp, command }) => {
  const LAB_SCENARIOS = await changedScenario('http2-hot-pod', {})
  const words = (await commands[command]?.()) ?? []
  const { env, undo } = (await setUps[setUp]?.()) ?? { env: {} }
  try {
    const { exitCode, all } = await lab(words, { LAB_SCENARIOS, ...env })
    expect(measured, all).toContain(exitCode)
  } finally {
    await undo?.()
  }
  expect(visitors).toBe(0)
})

/** What a Docker engine says of itself; it has no containers. */
const answers: readonly [RegExp, unknown][] = [
  [/\/_ping$/, 'OK'],
  [/\/info$/, { ServerVersion: '28.0.4', NCPU: 2, MemTotal: 8_000_000_000, DockerRootDir: '/var/lib/decoy', MemoryLimit: true }],
  [/\/version$/, { Version: '28.0.4', ApiVersion: '1.41' }],
]

/** With DOCKER_HOST at another engine than the cluster's: exit 3 of what needs the cluster's engine. */
const elsewhere: Readonly<Record<string, readonly number[]>> = {
  status: [3],
  doctor: [0, 3],
  up: [3],
  clean: [3],
  remedy: [0],
  run: [3],
}

test.each(Object.entries(elsewhere))(
  'DOCKER_HOST names another engine: lab %s changes nothing there, and does not take the cluster for gone',
  async (command, exits) => {
    const changes: string[] = []
    const engine = createEngine(({ method = '', url = '' }, response) => {
      if (!['GET', 'HEAD'].includes(method)) changes.push(`${method} ${url}`)
      response.setHeader('Api-Version', '1.41')
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(answers.find(([path]) => path.test(url))?.[1] ?? []))
    })
    const socket = join(await temporaryFolder(), 'docker.sock')
    await once(engine.listen(socket), 'listening')
    onTestFinished(() => void engine.close())
    const { exitCode, all } = await lab((await commands[command]?.()) ?? [], { DOCKER_HOST: `unix://${socket}` })
    expect(exits, all).toContain(exitCode)
    expect(changes).toEqual([])
    const { stdout } = await lab(['status', '--json'])
    expect(stdout).toContain('"ready"')
  },
)
