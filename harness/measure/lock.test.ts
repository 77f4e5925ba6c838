import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { takeLock } from './lock.ts'
import type { Holder } from './lock.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'lab-lock-'))

/** Another process that takes the lock, says so, and stays. */
const holderOf = async (folder: string) => {
  const script = `const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))})
    await takeLock({ command: 'lab run', watched: true, waiting() {}, signal: AbortSignal.timeout(60_000) }, ${JSON.stringify(folder)})
    console.log('has it')
    setInterval(() => {}, 1000)`
  const running = execa(process.execPath, ['--input-type=module', '--eval', script], { reject: false })
  await once(running.stdout, 'data')
  return { holder: running }
}

const take = (folder: string, signal: AbortSignal, waiting: (holder: Holder | null) => void = () => {}) =>
  takeLock({ command: 'lab up', watched: false, waiting, signal }, folder)

test('it waits while another process has the lock, and prints once which one', async () => {
  const folder = await newFolder()
  const { holder } = await holderOf(folder)
  const told: (Holder | null)[] = []
  const stop = new AbortController()
  const waiting = take(folder, stop.signal, (by) => told.push(by))
  await expect.poll(() => told).toMatchObject([{ pid: holder.pid, command: 'lab run' }])
  holder.kill('SIGKILL')
  const { cutOff, release } = await waiting
  expect(cutOff, 'it was killed').toMatchObject({ pid: holder.pid, command: 'lab run' })
  expect(told).toHaveLength(1)
  await release()
})

test('Ctrl-C ends the wait, and the holder keeps the lock', async () => {
  const folder = await newFolder()
  const { holder } = await holderOf(folder)
  await expect(take(folder, AbortSignal.timeout(100))).rejects.toThrow(/abort/i)
  await expect(take(folder, AbortSignal.timeout(100))).rejects.toThrow(/abort/i)
  holder.kill()
  await holder
})

test('a released lock is free, and no command was interrupted', async () => {
  const folder = await newFolder()
  const never = new AbortController().signal
  for (let times = 0; times < 2; times += 1) {
    const { cutOff, release } = await take(folder, never)
    expect(cutOff).toBeNull()
    await release()
  }
})
