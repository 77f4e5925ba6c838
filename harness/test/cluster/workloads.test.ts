// The workload image alone in Docker, before any cluster: it runs as nobody, and client and server speak.
import { GenericContainer, Network, Wait } from 'testcontainers'
import type { StartedTestContainer } from 'testcontainers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { provider } from '../../cluster/kind/provider.ts'

vi.stubEnv('TESTCONTAINERS_RYUK_DISABLED', 'true') // its image cannot be pulled everywhere; afterAll stops what was started

const image = async (): Promise<string> => {
  const status = await provider.status()
  const images = status.state === 'ready' ? status.images : []
  return images.find(({ name }) => name === 'incident-lab/workloads')?.reference ?? ''
}
const started: { stop(): Promise<unknown> }[] = []
let server: StartedTestContainer
let client: StartedTestContainer

beforeAll(async () => {
  const network = await new Network().start()
  started.push(network)
  const reference = await image()
  const container = () => new GenericContainer(reference).withNetwork(network)
  server = await container()
    .withNetworkAliases('server')
    .withCommand(['/lab/grpc-server.js'])
    .withEnvironment({ POD_NAME: 'pod-a' })
    .withWaitStrategy(Wait.forLogMessage(/listen|start/i))
    .start()
  started.push(server)
  client = await container().withEntrypoint(['sleep']).withCommand(['60']).start()
  started.push(client)
})

afterAll(async () => {
  for (const each of started.toReversed()) await each.stop()
})

test('client and server speak, and every reply names the pod', async () => {
  const load = 'echo go | (cat; sleep 5) | node /lab/grpc-load.js --target server:9000 --rate 50 --duration 1s'
  const { output, exitCode } = await client.exec(['sh', '-c', load])
  expect(exitCode, output).toBe(0)
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; completed?: number; perSecond?: { pods: object }[] })
  expect(lines.map(({ event }) => event)).toEqual(['connected', 'second', 'result'])
  expect(lines.at(-1)?.completed).toBe(50)
  expect(lines.at(-1)?.perSecond?.[0]?.pods).toEqual({ 'pod-a': 50 })
})

test('it runs as nobody', async () => {
  expect((await server.exec(['id', '-u'])).output.trim()).toBe('65532')
})
