// Decides what the program promises: its rate, its bound, its guard, and that it can always be asked to leave.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { eventOf, startProgram } from '../open-loop/programs.ts'
import type { OnFinished, Program } from '../open-loop/programs.ts'

const mib = 2 ** 20
const anyDisk = { LARGEST_FILE_SYSTEM_MIB: '1000000000' }

interface Done {
  readonly tookMs: number
  readonly writtenMib: number
  readonly fullAttempts: number
}

const folder = async (onFinished: (cleanUp: () => Promise<void>) => void): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'log-flood-'))
  onFinished(() => rm(path, { recursive: true }))
  return path
}

// With stdout for the test to read as it likes, and events from stderr.
const startFloodOfStdout = (environment: Readonly<Record<string, string>>, onFinished: OnFinished): Program => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, FLOOD_TO: 'stdout', GUARD: tmpdir(), ...anyDisk, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onFinished(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, stderr: '' }))
  return { process: child, nextLine: async () => (await lines.next()).value, ended }
}

// Memory of the process that is in no file, as the kernel counts it.
const residentMib = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

describe.concurrent('log-flood to a file', () => {
  test('it keeps 20 MiB/s within 10 %, ends at its bound, and idles until SIGTERM', async ({ onTestFinished }) => {
    const guard = await folder(onTestFinished)
    const path = join(guard, 'app.log')
    const environment = { FLOOD_TO: path, AT_MOST_MIB: '50', GUARD: guard, ...anyDisk }
    const program = startProgram('log-flood', { environment }, onTestFinished)
    expect(await eventOf(program, 'started')).toMatchObject({ floodTo: path, rateMibPerS: 20, atMostMib: 50 })
    const { tookMs, ...done } = await eventOf<Done>(program, 'done')
    expect(done).toMatchObject({ writtenMib: 50, fullAttempts: 0 })
    expect(50 / (tookMs / 1000)).toBeGreaterThan(18)
    expect(50 / (tookMs / 1000)).toBeLessThan(22)
    await wait(200)
    expect((await stat(path)).size).toBe(50 * mib)
    program.process.kill('SIGTERM')
    expect(await eventOf(program, 'stopped')).toMatchObject({ writtenMib: 50, signal: 'SIGTERM' })
    expect(await program.ended).toEqual({ code: 0, stderr: '' })
  })

  test('on a full disk it says so once, keeps trying, and still leaves on a signal', async ({ onTestFinished }) => {
    const environment = { FLOOD_TO: '/dev/full', AT_MOST_MIB: '1', GUARD: '/dev', ...anyDisk }
    const program = startProgram('log-flood', { environment }, onTestFinished)
    expect(await eventOf(program, 'full')).toMatchObject({ writtenMib: 0 })
    await wait(1500)
    program.process.kill('SIGINT')
    const next = JSON.parse((await program.nextLine()) ?? '') as Done
    expect(next).toMatchObject({ event: 'stopped', writtenMib: 0, signal: 'SIGINT' })
    expect(next.fullAttempts).toBeGreaterThanOrEqual(3)
    expect((await program.ended).code).toBe(0)
  })

  test('it refuses with 3 when a file system is larger than allowed, and writes nothing', async ({ onTestFinished }) => {
    const guard = await folder(onTestFinished)
    const environment = { FLOOD_TO: join(guard, 'app.log'), AT_MOST_MIB: '1', GUARD: guard, LARGEST_FILE_SYSTEM_MIB: '1' }
    const { code, stderr } = await startProgram('log-flood', { environment }, onTestFinished).ended
    expect(code).toBe(3)
    expect(stderr).toMatch(/refused.*GUARD path \S+ .* \d+ MiB, larger than 1: /)
    expect(stderr).toMatch(/FLOOD_TO folder \S+ .* \d+ MiB.*LARGEST_FILE_SYSTEM_MIB .*\n$/)
    expect(existsSync(environment.FLOOD_TO)).toBe(false)
  })

  test('it refuses a guard whose file system reports no size', async ({ onTestFinished }) => {
    const environment = { FLOOD_TO: '/dev/full', AT_MOST_MIB: '1', GUARD: '/proc', ...anyDisk }
    const { code, stderr } = await startProgram('log-flood', { environment }, onTestFinished).ended
    expect(code).toBe(3)
    expect(stderr).toMatch(/GUARD path \/proc .*no size/)
  })

  test('it writes through no link, which could lead to a disk nobody examined', async ({ onTestFinished }) => {
    const guard = await folder(onTestFinished)
    const environment = { FLOOD_TO: join(guard, 'app.log'), AT_MOST_MIB: '1', GUARD: guard, ...anyDisk }
    await symlink(join(guard, 'elsewhere.log'), environment.FLOOD_TO)
    const { code, stderr } = await startProgram('log-flood', { environment }, onTestFinished).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/The flood broke off: .*ELOOP/)
    expect(existsSync(join(guard, 'elsewhere.log'))).toBe(false)
  })

  test('a wrong environment ends it with 2 and every problem', async ({ onTestFinished }) => {
    const environment = { FLOOD_TO: '/no/such/folder/app.log', AT_MOST_MIB: 'all', GUARD: '.' }
    const { code, stderr } = await startProgram('log-flood', { environment }, onTestFinished).ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/FLOOD_TO is .*no folder \/no\/such\/folder.*\n.*AT_MOST_MIB is 'all'.*\n.*GUARD is '\.'/)
  })
})

describe.concurrent('log-flood to stdout', () => {
  test('a reader gets every line up to the bound, and nothing else', async ({ onTestFinished }) => {
    const program = startFloodOfStdout({ AT_MOST_MIB: '4', RATE_MIB_PER_S: '40' }, onTestFinished)
    const chunks: Buffer[] = []
    program.process.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    expect(await eventOf(program, 'done')).toMatchObject({ writtenMib: 4 })
    program.process.kill('SIGTERM')
    await Promise.all([program.ended, once(program.process.stdout, 'close')])
    const lines = Buffer.concat(chunks).toString().split('\n')
    expect(lines).toHaveLength((4 * mib) / 512 + 1)
    expect(lines.slice(0, -1).every((line) => / ERROR /.test(line) && line.length === 511)).toBe(true)
  })

  test('a reader that does not read stops the flood, fills no memory, and keeps no signal from being heard', async ({
    onTestFinished,
  }) => {
    const program = startFloodOfStdout({ AT_MOST_MIB: '60', RATE_MIB_PER_S: '100' }, onTestFinished)
    await eventOf(program, 'started')
    await wait(1000)
    expect(await residentMib(program.process.pid)).toBeLessThan(60)
    program.process.kill('SIGTERM')
    expect((await eventOf<Done>(program, 'stopped')).writtenMib).toBeLessThan(3)
    expect((await program.ended).code).toBe(0)
  })

  test('a reader that is gone ends it with 1', async ({ onTestFinished }) => {
    const program = startFloodOfStdout({ AT_MOST_MIB: '60' }, onTestFinished)
    await eventOf(program, 'started')
    program.process.stdout.destroy()
    expect(await program.nextLine()).toMatch(/The flood broke off: .*(EPIPE|ECONNRESET)/)
    expect((await program.ended).code).toBe(1)
  })

  test('a stdout which is a file on too large a disk is refused too', async ({ onTestFinished }) => {
    const path = join(await folder(onTestFinished), 'out')
    const file = await open(path, 'w')
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { ...process.env, FLOOD_TO: 'stdout', AT_MOST_MIB: '1', GUARD: tmpdir(), LARGEST_FILE_SYSTEM_MIB: '1' },
      stdio: ['ignore', file.fd, 'ignore'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    expect(await once(child, 'exit')).toEqual([3, null])
    await file.close()
    expect((await stat(path)).size).toBe(0)
  })
})
