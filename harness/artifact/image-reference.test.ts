import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { resolveReference } from './image-reference.ts'

const catalogue = async (text: string): Promise<void> => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-images-')), 'images.json')
  await writeFile(path, text)
  vi.stubEnv('LAB_IMAGES', path)
}

afterEach(() => void vi.unstubAllEnvs())

test('an image is pulled as the lab names it, by tag and digest', async () => {
  expect(await resolveReference('postgres:17@sha256:d74e')).toBe('postgres:17@sha256:d74e')
})

test('a catalogue of the user’s own names another place and digest for a tag, and leaves the others', async () => {
  await catalogue('{"postgres:17": "registry.example.com/postgres:17@sha256:aaaa"}')
  expect(await resolveReference('postgres:17@sha256:d74e')).toBe('registry.example.com/postgres:17@sha256:aaaa')
  expect(await resolveReference('envoyproxy/envoy:v1.37.2')).toBe('envoyproxy/envoy:v1.37.2')
})

test.each(['{"postgres:17": 17}', 'postgres:17'])('a catalogue that is none, %s, is refused with its path', async (text) => {
  await catalogue(text)
  await expect(resolveReference('postgres:17')).rejects.toMatchObject({
    message: expect.stringMatching(/catalogue of images .*images\.json cannot be read/) as string,
    exit: 'usage',
  })
})
