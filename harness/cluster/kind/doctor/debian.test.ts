import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { quietWork } from '../../../test/fixtures/quiet-work.ts'
import { fakeProgram } from '../../../test/fixtures/fake-program.ts'
import { apt } from './debian.ts'

test('Ctrl-C lets apt-get finish, since packages would stay half configured, and then ends the command', async () => {
  const folder = await fakeProgram('apt-get', 'echo begun > $here/begun; sleep 0.5; echo configured > $here/end')
  const program = `
    import { apt } from '${join(import.meta.dirname, 'debian.ts')}'
    const interrupt = new AbortController()
    process.on('SIGINT', () => interrupt.abort(new Error('interrupted')))
    await apt({ signal: interrupt.signal }, ['install', 'something']).catch((error) => console.log(error.message))`
  const running = execa(process.execPath, ['--input-type=module', '--eval', program], { detached: true })
  await expect.poll(() => readFile(join(folder, 'begun'), 'utf8').catch(() => '')).toBe('begun\n')
  process.kill(-(running.pid ?? NaN), 'SIGINT') // the terminal's signal reaches the whole group
  expect((await running).stdout).toBe('interrupted')
  expect(await readFile(join(folder, 'end'), 'utf8')).toBe('configured\n')
})

test('an apt-get that fails is an error of the machine, with the last lines that it printed', async () => {
  await fakeProgram(
    'apt-get',
    'for i in $(seq 20); do echo "Unpacking libc6-dev (part $i)"; done; echo "E: Unable to locate package $4" >&2; exit 100',
  )
  await expect(apt(quietWork, ['install', 'something'])).rejects.toMatchObject({
    message: 'apt-get install failed',
    exit: 'cannotRun',
    details: {
      evidence: [
        ...Array.from({ length: 14 }, (_, index) => `Unpacking libc6-dev (part ${index + 7})`),
        'E: Unable to locate package something',
      ],
      next: expect.stringContaining('`lab setup`') as unknown,
    },
  })
})
