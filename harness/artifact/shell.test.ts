// Commands run with the PATH of the lab, whatever the user's ~/.bashrc says.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fakeProgram } from '../test/fixtures/fake-program.ts'
import { $ } from './shell.ts'

test.each(['0', undefined, '1'])('with a SHLVL of %s no command reads ~/.bashrc', async (level) => {
  const home = await mkdtemp(join(tmpdir(), 'lab-home-'))
  await writeFile(join(home, '.bashrc'), 'PATH=/nowhere\necho read\n')
  await fakeProgram('go', 'echo of the test')
  vi.stubEnv('HOME', home)
  vi.stubEnv('SHLVL', level)
  expect((await $({ quiet: true })`go`).stdout).toBe('of the test\n')
  expect((await $({ quiet: true, env: { ...process.env } })`go`).stdout).toBe('of the test\n')
})
