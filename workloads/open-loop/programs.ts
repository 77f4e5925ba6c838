// Decides how tests start programs: as real processes, from source, killed when the test is over.
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Result } from './summary.ts'

/** What a test registers its clean-up with. */
export type OnFinished = (cleanUp: () => void) => void

/** A program under test. */
export interface Program {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>
  /** The next line of stdout; undefined when there is none left. */
  readonly nextLine: () => Promise<string | undefined>
  /** How it ended, with all it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

/** Arguments, and variables which are added to this process's environment. */
export interface Start {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** What passed between load and server, seen from the network. */
export interface Proxy {
  readonly port: number
  /** Connections open now. */
  readonly open: () => number
  /** The most connections which were open at once. */
  readonly mostOpen: () => number
  /** Bytes from the load, for every connection ever accepted. */
  readonly bytesPerConnection: () => readonly number[]
}

/** Starts the program of a folder beside this one. */
export const startProgram = (name: string, { args = [], environment = {} }: Start, onFinished: OnFinished): Program => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', name, 'main.ts'), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onFinished(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const stderr = text(child.stderr)
  return {
    process: child,
    nextLine: async () => (await lines.next()).value,
    ended: new Promise((resolve) => {
      child.once('exit', (code) => void stderr.then((written) => resolve({ code, stderr: written })))
    }),
  }
}

/** Reads lines up to the event of this name, and returns what it says. */
export const eventOf = async <Event>(program: Program, name: string): Promise<Event> => {
  for (let line = await program.nextLine(); line !== undefined; line = await program.nextLine()) {
    const event = JSON.parse(line) as { readonly event: string }
    if (event.event === name) return event as Event
  }
  throw new Error(`The program ended without saying "${name}": ${(await program.ended).stderr}`)
}

/** Waits until a server listens, and returns its port. */
export const portOf = async (server: Program): Promise<number> =>
  (await eventOf<{ readonly port: number }>(server, 'started')).port

/** Waits until a load is connected, and returns the number of connections. */
export const connectionsOf = async (load: Program): Promise<number> =>
  (await eventOf<{ readonly connections: number }>(load, 'connected')).connections

/** Says "go" and waits for the result. */
export const resultOf = (load: Program): Promise<Result> => {
  load.process.stdin.write('go\n')
  return eventOf<Result>(load, 'result')
}

/** Forwards TCP to a port of this machine and remembers every connection. */
export const startProxy = async (port: number, onFinished: OnFinished): Promise<Proxy> => {
  const accepted: Socket[] = []
  let mostOpen = 0
  const open = (): number => accepted.filter((socket) => !socket.destroyed).length
  const proxy = createServer((inbound) => {
    accepted.push(inbound)
    mostOpen = Math.max(mostOpen, open())
    const outbound = connect(port, '127.0.0.1')
    inbound.pipe(outbound).pipe(inbound)
    inbound.on('error', () => outbound.destroy())
    outbound.on('error', () => inbound.destroy())
  })
  onFinished(() => proxy.close())
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (proxy.address() as AddressInfo).port,
    open,
    mostOpen: () => mostOpen,
    bytesPerConnection: () => accepted.map(({ bytesRead }) => bytesRead),
  }
}

/** A port of loopback that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
