import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const run = join(root, 'reports/accepted/cpu-limit-throttling')
const accept = async (...slugs: string[]) => {
  const into = await mkdtemp(join(tmpdir(), 'lab-accept-'))
  const { exitCode, stderr } = await execa('harness/cli/lab', ['accept', run, ...slugs, '--into', into], {
    cwd: root,
    reject: false,
  })
  return { exitCode, stderr, accepted: await readdir(into) }
}

test.each([
  ['all scenarios are accepted', []],
  ['those that are named are accepted', ['cpu-limit-throttling']],
])('of a run %s', async (_, slugs) => {
  expect(await accept(...slugs)).toMatchObject({ exitCode: 0, accepted: ['cpu-limit-throttling'] })
})

test('a scenario that the run did not measure is wrong usage, and nothing is accepted', async () => {
  const { exitCode, stderr, accepted } = await accept('stale-configmap')
  expect([exitCode, accepted]).toEqual([2, []])
  expect(stderr).toMatch(/did not measure stale-configmap\n {2}why: it measured cpu-limit-throttling/)
})
