import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { debian } from '../../test/fixtures/fake-docker.ts'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { repositoryRoot } from '../../places.ts'
import { docker } from '../../artifact/docker.ts'
import { ensureEngine, flagsForNodes } from './engine.ts'
import { ownEndpoint } from './own-engine.ts'

/** The folder of its socket is root's. */
test.skipIf(process.getuid?.() !== 0)(
  'an engine that is started has a socket of its own, which is asked from then on, and does not depend on the TMPDIR of the command, which may go before it',
  async () => {
    const folder = await fakeProgram('dockerd', 'echo "$@" > $here/words; env > $here/new; mv $here/new $here/env')
    const info = JSON.stringify(debian)
    await fakeProgram(
      'docker',
      `[ -e ${folder}/env ] && [ "$DOCKER_HOST" = ${ownEndpoint} ] && echo '${info}' || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; }`,
    )
    for (const name of ['LAB_STATE', 'LAB_CACHE', 'TMPDIR']) vi.stubEnv(name, folder)
    vi.stubEnv('DOCKER_HOST', '')
    await ensureEngine({ step: async (_, work) => work(() => {}), signal: new AbortController().signal })
    expect(await readFile(join(folder, 'words'), 'utf8')).toContain(`--host ${ownEndpoint} `)
    const env = await readFile(join(folder, 'env'), 'utf8')
    expect(env).toMatch(/^PATH=/m)
    expect(env).not.toMatch(/^TMPDIR=/m)
  },
)

test('an engine that hangs is given up, and the error says what to do', async () => {
  await fakeProgram('docker', 'exec sleep 60')
  await expect(docker(['pause', 'worker'], 1000)).rejects.toMatchObject({
    message: 'docker pause gave no answer in 1 s',
    exit: 'cannotRun',
    details: { next: 'the engine hangs: restart Docker, then `lab clean`' },
  })
})

test('what the engine complains of is the evidence', async () => {
  await fakeProgram('docker', 'echo "Error: No such container: worker" >&2; exit 1')
  await expect(docker(['pause', 'worker'])).rejects.toMatchObject({
    message: 'docker pause failed',
    details: { evidence: ['Error: No such container: worker'] },
  })
})

test('what root’s engine keeps running is in the folder of the engine, and not in a clone, which may be a user’s', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-engine-'))
  const flags = await flagsForNodes(folder)
  expect(flags.join(' ')).not.toContain(repositoryRoot)
  const runtime = flags.find((flag) => flag.startsWith('bounded='))?.slice('bounded='.length)
  expect(await readdir(folder)).toEqual(runtime === undefined ? [] : ['runc-bounded'])
})
