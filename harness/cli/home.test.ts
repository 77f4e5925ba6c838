// Where the lab keeps things when the environment does not say where home is, or says what is none.
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { isThere } from '../places.ts'
import { root, withoutDocker } from '../test/fixtures/lab-command.ts'

/** A program in place of Node.js that prints where things would go. */
const asked = 'const { homedir } = require("os"); console.log(homedir(), process.env.NODE_COMPILE_CACHE)'

const run = async (env: Readonly<Record<string, string | undefined>>, ...words: string[]) => {
  const cwd = await mkdtemp(join(tmpdir(), 'lab-home-'))
  const result = await execa(join(root, 'harness/cli/lab'), words, {
    cwd,
    reject: false,
    extendEnv: false,
    timeout: 30_000,
    env: { ...withoutDocker, ...env },
  })
  return { ...result, made: await readdir(cwd) }
}

test.each([
  ['is not set', {}],
  ['is empty', { HOME: '' }],
  ['is no absolute path', { HOME: 'somewhere' }],
])('where HOME %s, things go to the home folder of the user, and neither to / nor to the current folder', async (_, env) => {
  const required = join(await mkdtemp(join(tmpdir(), 'lab-asked-')), 'asked.cjs')
  await writeFile(required, `${asked}; process.exit(0)`)
  const { stdout, stderr, made } = await run({ ...env, NODE_OPTIONS: `--require ${required}` }, 'list')
  const { homedir } = userInfo()
  expect([stdout, stderr]).toEqual([`${homedir} ${homedir}/.cache/kubernetes-incident-lab/node`, ''])
  expect([made, await isThere('/.cache')]).toEqual([[], false])
})

test.each([{ HOME: '/proc' }, { LAB_STATE: '/proc/state', HOME: tmpdir() }, { LAB_CACHE: '/sys/cache', HOME: tmpdir() }])(
  'a place where no folder can be made is refused at once: %j',
  async (env) => {
    const { exitCode, stderr } = await run(env, 'list')
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^lab: nothing can be kept in \/(proc|sys)\//)])
  },
)

test('a cache that cannot be created does not prevent reading: `lab list` works', async () => {
  const { exitCode, stdout } = await run({ HOME: '/dev/null' }, 'list')
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('http2-hot-pod')])
})
