import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Work } from '../model/work.ts'
import { fakeBuilder } from '../test/fixtures/fake-builder.ts'
import { fakeProgram } from '../test/fixtures/fake-program.ts'
import { buildImage, image } from './image.ts'

const work: Work = { step: (_title, run) => run(() => {}), signal: new AbortController().signal }

beforeEach(async () => {
  vi.stubEnv('LAB_CACHE', await mkdtemp(join(tmpdir(), 'lab-cache-')))
})

test('an image of others becomes one of a single platform: a line of its own, and no attestation beside it', async () => {
  const folder = await fakeBuilder()
  const istiod = { name: 'incident-lab/istiod', upstream: 'istio/pilot:1.31.0', standIn: () => Promise.reject(), standInOf: '' }
  const { reference, from } = await buildImage(work, istiod, 'registry')
  expect(reference).toMatch(/^incident-lab\/istiod:[0-9a-f]{12}$/)
  expect(from).toBe('istio/pilot:1.31.0')
  expect(await readFile(join(folder, 'context/Dockerfile'), 'utf8')).toMatch(/^FROM \$\{BASE\}\n[A-Z]/m)
  expect(await readFile(join(folder, 'words'), 'utf8')).toMatch(/--build-arg BASE=istio\/pilot:1\.31\.0 .* 1$/m)
})

test('of the images that a new one supersedes the newest two stay: another clone of the lab may want them', async () => {
  const here = await fakeProgram(
    'docker',
    `echo "$@" >>"$here/calls"
case "$1 $2" in
'image inspect') exit 1 ;;
'image ls') for tag in new third second first '<none>'; do echo "incident-lab/envoy:$tag"; done ;;
esac`,
  )
  expect(await image(work, 'incident-lab/envoy', 'new', async () => {})).toBe('incident-lab/envoy:new')
  const calls = (await readFile(join(here, 'calls'), 'utf8')).split('\n')
  expect(calls.filter((call) => call.startsWith('image rm'))).toEqual(['image rm incident-lab/envoy:first'])
})
