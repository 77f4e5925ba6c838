import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fakeProgram } from '../test/fixtures/fake-program.ts'
import { buildersLeft, inBuilder, removeBuilders } from './builder.ts'

const never = new AbortController().signal
const recording = 'echo "$*" >> $here/calls'
const callsIn = async (folder: string): Promise<string[]> => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n')

test('a builder goes when what is done in it has failed, and when it could not be started', async () => {
  const folder = await fakeProgram('docker', recording)
  await expect(inBuilder(never, 'image', 'a:/b', () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off')
  const [run = '', remove = ''] = await callsIn(folder)
  const name = /--name (\S+)/.exec(run)?.[1] ?? 'none'
  expect(remove).toBe(`rm --force --volumes ${name}`)
  const failing = await fakeProgram('docker', `${recording}\n[ "$1" = rm ] || exit 125`)
  await expect(inBuilder(never, 'image', 'a:/b', async () => {})).rejects.toThrow('exit code: 125')
  expect((await callsIn(failing)).map((call) => call.split(' ')[0])).toEqual(['run', 'rm'])
})

test('of the builders on an engine those of other state folders are neither listed nor removed', async () => {
  vi.stubEnv('LAB_STATE', '/one')
  const names = await fakeProgram('docker', recording)
  await inBuilder(never, 'image', 'a:/b', async () => {})
  const own = /--name (\S+)/.exec((await callsIn(names))[0] ?? '')?.[1] ?? 'none'
  const other = 'incident-lab-builder-00000000-6f1c'
  const folder = await fakeProgram('docker', `${recording}\n[ "$1" != ps ] || printf '${own}\\n${other}\\nsomebody\\n'`)
  vi.stubEnv('LAB_STATE', '/one')
  expect(await buildersLeft()).toEqual([`container ${own}`])
  await removeBuilders()
  expect((await callsIn(folder)).filter((call) => call.startsWith('rm'))).toEqual([`rm --force --volumes ${own}`])
})
