// The server that only this machine reaches answers even if a client opens more connections than it accepts, without a request on them.
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen, loopback, mostConnections } from '../loopback.ts'

const serve = async () => {
  const listening = await listen((_, response) => void response.end('here'))
  onTestFinished(() => listening.close())
  return listening
}

const open = async (port: number): Promise<Socket> => {
  const socket = connect(port, loopback)
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {}) // the server may cut it off
  await once(socket, 'connect')
  return socket
}

test('a connection beyond the limit is closed at once, instead of waiting; the server answers when one has gone', async () => {
  const { port } = await serve()
  const idle = await Promise.all(Array.from({ length: mostConnections }, () => open(port)))
  const refused = await open(port)
  await expect.poll(() => refused.closed).toBe(true)
  for (const socket of idle.slice(0, 10)) socket.destroy()
  await expect.poll(() => fetch(`http://${loopback}:${port}/`).then((response) => response.text(), String)).toBe('here')
})

test('a client that does not ask within seconds is cut off', async () => {
  const { server } = await serve()
  expect(server.maxConnections).toBe(mostConnections)
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000)
  expect(server.requestTimeout).toBeLessThanOrEqual(30_000)
})
