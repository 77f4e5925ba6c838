// Decides when a round_robin channel counts as connected to all of its addresses.
import { promises as dns } from 'node:dns'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startServer } from '../grpc-server/server.ts'
import { openChannel } from './channel.ts'
import { reachEveryPeer } from './peers.ts'

const settings = { port: 0, pod: 'echo-1', serviceTimeMs: 1, concurrency: 1, queueLimit: 1, maxConnectionAgeMs: 0 }

// The server listens on every loopback address, so that one process can be three peers.
const serverWithName = async (name: string, addresses: readonly string[]) => {
  const server = await startServer(settings)
  onTestFinished(() => server.stop())
  const lookup = vi.spyOn(dns, 'lookup')
  onTestFinished(() => lookup.mockRestore())
  const resolve: unknown = async () => addresses.map((address) => ({ address, family: 4 }))
  lookup.mockImplementation(resolve as typeof dns.lookup)
  return { host: name, port: server.port, address: `dns:///${name}:${server.port}` }
}

test('every address behind the name is reached and counted', async () => {
  const target = await serverWithName('echo.test', ['127.0.0.2', '127.0.0.3', '127.0.0.4'])
  const channel = openChannel(target.address, 'round_robin')
  onTestFinished(() => channel.close())
  expect(await reachEveryPeer(channel, target, Date.now() + 5000)).toBe(3)
})

test('an address which answers nothing is named at the deadline', async () => {
  const target = await serverWithName('echo.test', ['127.0.0.2', '127.0.0.3'])
  const channel = openChannel(`127.0.0.2:${target.port}`, 'round_robin')
  onTestFinished(() => channel.close())
  await expect(reachEveryPeer(channel, target, Date.now() + 300)).rejects.toThrow(`127.0.0.3:${target.port} behind`)
})
