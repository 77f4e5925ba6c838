import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeEngine, pathWith } from '../../test/fixtures/fake-engine.ts'
import { lockName, releaseName } from './name-lock.ts'

afterEach(async () => {
  await releaseName()
  vi.unstubAllEnvs()
})

/** Another process that takes the cluster's name on the engine, with a state folder of its own, says so, and stays. */
const otherLab = async (PATH: string) => {
  const script = `const { lockName } = await import(${JSON.stringify(join(import.meta.dirname, 'name-lock.ts'))})
    await lockName({ step: (_, run) => run(() => {}), signal: AbortSignal.timeout(60_000) })
    console.log('has it')
    setInterval(() => {}, 1000)`
  const LAB_STATE = await mkdtemp(join(tmpdir(), 'lab-state-'))
  const running = execa(process.execPath, ['--input-type=module', '--eval', script], { reject: false, env: { PATH, LAB_STATE } })
  await once(running.stdout, 'data')
  return { running }
}

test.runIf(platform() === 'linux')(
  'two labs with other state folders take turns at one cluster name of an engine, and who waits says for whom',
  async () => {
    vi.stubEnv('PATH', pathWith(await fakeEngine([], '/', randomUUID())))
    const { running } = await otherLab(process.env.PATH ?? '')
    const said: string[] = []
    const work = {
      step: <T>(title: string, run: (say: (line: string) => void) => Promise<T>) => run((line) => said.push(title, line)),
    }
    const waiting = lockName({ ...work, signal: AbortSignal.timeout(60_000) })
    await expect.poll(() => said.join('\n')).toContain(`process ${running.pid} of `)
    expect(said[0]).toBe('wait for another lab with a cluster incident-lab on this engine')
    running.kill('SIGKILL')
    await waiting
  },
)

test('another engine has names of its own', async () => {
  vi.stubEnv('PATH', pathWith(await fakeEngine([], '/', randomUUID())))
  const { running } = await otherLab(process.env.PATH ?? '')
  vi.stubEnv('PATH', pathWith(await fakeEngine([], '/', randomUUID())))
  const holding = lockName({ step: () => Promise.reject(new Error('it waits')), signal: AbortSignal.timeout(60_000) })
  await expect(holding).resolves.toBeUndefined()
  running.kill('SIGKILL')
  await running
})
