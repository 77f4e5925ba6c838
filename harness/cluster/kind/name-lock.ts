// One lab at a time for each cluster name on an engine, across state folders and users. The lock is a socket in Linux's abstract namespace: a name
// that one process can bind, and that the kernel frees when the process ends. It names its owner. Other systems have no lock: no lab removes another's nodes anyway.
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import type { Server } from 'node:net'
import { platform, userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { Work } from '../../model/work.ts'
import { runningEngine } from './engine.ts'
import { clusterName } from './kind.ts'

let held: Server | undefined

/** Takes the name for this process; waits while another process has it. */
export const lockName = async ({ step, signal }: Work): Promise<void> => {
  if (held || platform() !== 'linux') return
  const engine = await runningEngine()
  if (!engine?.id) return // no engine means no cluster
  const address = `\0kubernetes-incident-lab/${engine.id}/${clusterName}`
  held = await listening(address)
  if (held) return
  await step(`wait for another lab with a cluster ${clusterName} on this engine`, async (say) => {
    for (; !held; held = await listening(address)) {
      say(await holderAt(address))
      await pause(500, undefined, { signal })
    }
  })
}

export const releaseName = async (): Promise<void> => {
  const server = held
  held = undefined
  if (server) await new Promise((closed) => server.close(closed))
}

const me = `process ${process.pid} of ${userInfo().username}`

/** Undefined: another process has the address. */
const listening = async (address: string): Promise<Server | undefined> => {
  const server = createServer((socket) => socket.on('error', () => {}).end(me)).unref()
  try {
    await once(server.listen(address), 'listening')
    return server
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined
    throw error
  }
}

/** The owner in words; empty if it has just ended. */
const holderAt = (address: string): Promise<string> => text(createConnection(address)).catch(() => '')
