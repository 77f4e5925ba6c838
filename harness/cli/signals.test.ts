import { setTimeout as pause } from 'node:timers/promises'
import { resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

/** A command whose clean-up takes so long; it has said `ready` when it listens. */
const command = async (cleanUpMs: number, before = '') => {
  const signals = resolve(import.meta.dirname, 'signals.ts')
  const program = `
    import { interrupted, listenForSignals, announceCleanup } from '${signals}'
    listenForSignals()
    ${before}
    setInterval(() => {}, 1000)
    interrupted.addEventListener('abort', () => setTimeout(() => (console.log('cleaned up'), process.exit()), ${cleanUpMs}))
    console.log('ready')`
  const running = execa(process.execPath, ['--input-type=module', '--eval', program], { reject: false })
  await new Promise((heard) => running.stdout.once('data', heard))
  return { running }
}

test('two signals at once are one Ctrl-C, which npm passed on: clean-up continues to its end', async () => {
  const { running } = await command(300)
  running.kill('SIGINT')
  await pause(50)
  running.kill('SIGINT')
  expect((await running).stdout).toContain('cleaned up')
})

test('a second Ctrl-C more than a second later ends the command at once, with exit 130', async () => {
  const { running } = await command(60_000)
  running.kill('SIGINT')
  await pause(1200)
  running.kill('SIGINT')
  const { exitCode, stdout } = await running
  expect(exitCode).toBe(130)
  expect(stdout).not.toContain('cleaned up')
})

test('a terminal that is closed is a request to end, too', async () => {
  const { running } = await command(0)
  running.kill('SIGHUP')
  expect((await running).stdout).toContain('cleaned up')
})

test('a closed reader, such as `head`, does not stop the clean-up', async () => {
  const { running } = await command(100)
  running.stderr.destroy()
  running.kill('SIGINT') // which is said on standard error
  expect((await running).stdout).toContain('cleaned up')
})

test('only a command that cleans up says so', async () => {
  for (const [before, said] of [
    ['', 'SIGINT: ending'],
    ['announceCleanup()', 'SIGINT: cleaning up; press Ctrl-C again to finish the clean-up in the background'],
  ] as const) {
    const { running } = await command(0, before)
    running.kill('SIGINT')
    expect((await running).stderr.trim()).toBe(said)
  }
})
