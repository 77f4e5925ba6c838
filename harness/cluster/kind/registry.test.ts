import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fakeProgram } from '../../test/fixtures/fake-program.ts'
import { canPull } from './registry.ts'

/** An engine that has these images, whose registry has those, and a `docker` program that speaks to it; what it was asked. */
const engine = async ({ has = [], finds = [] }: { has?: string[]; finds?: string[] }): Promise<string[]> => {
  const socket = join(await mkdtemp(join(tmpdir(), 'lab-engine-')), 'docker.sock')
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(finds.some((image) => request.url === `/distribution/${image}/json`) ? 200 : 404).end('{}')
  }).listen(socket)
  onTestFinished(() => void server.close())
  await fakeProgram(
    'docker',
    `case "$1 $2" in
      "info --format") echo '{"ServerVersion": "28.2.2", "NCPU": 2, "MemTotal": 1}' ;;
      "context inspect") echo unix://${socket} ;;
      "image inspect") case " ${has.join(' ')} " in *" $3 "*) echo [] ;; *) exit 1 ;; esac ;;
      *) exit 9 ;;
    esac`,
  )
  return asked
}

const image = 'kindest/node:v1.34.11@sha256:44e222ee'

test('an image that the engine finds behind its mirror can be pulled, whatever this process reaches itself', async () => {
  const asked = await engine({ finds: [image] })
  expect(await canPull(image)).toBe(true)
  expect(asked).toEqual([`/distribution/${image}/json`])
})

test('an image that the engine has is not asked for: a machine that is off the network since then still takes the same way', async () => {
  const asked = await engine({ has: [image] })
  expect(await canPull(image)).toBe(true)
  expect(asked).toEqual([])
})

test('an image that no registry of the engine has cannot be pulled', async () => {
  await engine({ finds: ['another'] })
  expect(await canPull(image)).toBe(false)
})
