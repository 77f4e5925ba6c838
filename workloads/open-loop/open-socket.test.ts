// Decides how long the load tries to connect.
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openSocket } from './open-socket.ts'
import { freePort } from './programs.ts'

test('a target which refuses until the deadline is named with the reason', async () => {
  const port = await freePort()
  const target = { host: '127.0.0.1', port, address: `127.0.0.1:${port}` }
  await expect(openSocket(target, Date.now() + 400)).rejects.toThrow(`No connection to 127.0.0.1:${port} in time: ECONNREFUSED.`)
})

test('a server which begins to listen meanwhile is connected to', async () => {
  const port = await freePort()
  const opening = openSocket({ host: '127.0.0.1', port, address: `127.0.0.1:${port}` }, Date.now() + 5000)
  const server = createServer()
  onTestFinished(() => void server.close())
  setTimeout(() => server.listen(port, '127.0.0.1'), 50)
  const socket = await opening
  onTestFinished(() => void socket.destroy())
  expect(socket.remotePort).toBe(port)
})
