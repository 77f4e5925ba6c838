import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { labHere, root } from '../test/fixtures/lab-command.ts'

const run = join(root, 'reports/accepted/http2-hot-pod')
const accept = async (...slugs: string[]) => {
  const into = await mkdtemp(join(tmpdir(), 'lab-accept-'))
  const { exitCode, stderr } = await labHere('accept', run, ...slugs, '--into', into)
  return { exitCode, stderr, accepted: await readdir(into) }
}

test.each([
  ['all scenarios are accepted', []],
  ['those that are named are accepted', ['http2-hot-pod']],
])('of a run %s', async (_, slugs) => {
  expect(await accept(...slugs)).toMatchObject({ exitCode: 0, accepted: ['http2-hot-pod'] })
})

test('a scenario that the run did not measure is wrong usage, and nothing is accepted', async () => {
  const { exitCode, stderr, accepted } = await accept('stale-configmap')
  expect([exitCode, accepted]).toEqual([2, []])
  expect(stderr).toMatch(/did not measure stale-configmap\n {2}why: it measured http2-hot-pod/)
})

test('a run of a scenario that has changed since is no evidence for it', async () => {
  const changed = await mkdtemp(join(tmpdir(), 'lab-changed-'))
  const text = await readFile(join(run, 'run.json'), 'utf8')
  await writeFile(join(changed, 'run.json'), text.replaceAll('kind: Deployment', 'kind: StatefulSet'))
  const into = await mkdtemp(join(tmpdir(), 'lab-accept-'))
  const { exitCode, stderr } = await labHere('accept', changed, '--into', into)
  expect([exitCode, await readdir(into)]).toEqual([1, []])
  expect(stderr).toMatch(/The run cannot be accepted as evidence\n {2}\| http2-hot-pod: .*changed/)
})
