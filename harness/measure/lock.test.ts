import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeLock } from './lock.ts'

const folder = () => mkdtemp(join(tmpdir(), 'lab-lock-'))

test('a lock whose process lives is refused, and its holder named', async () => {
  const at = await folder()
  const holder = spawn('sleep', ['30'])
  await writeFile(join(at, 'lock'), String(holder.pid))
  await expect(takeLock(at)).rejects.toMatchObject({
    exit: 'cannotRun',
    details: { why: expect.stringContaining(String(holder.pid)) },
  })
  holder.kill()
})

test('a lock whose process is gone is taken over', async () => {
  const at = await folder()
  await writeFile(join(at, 'lock'), '4194999')
  const release = await takeLock(at)
  expect(await readFile(join(at, 'lock'), 'utf8')).toBe(String(process.pid))
  await release()
  await expect(readFile(join(at, 'lock'))).rejects.toThrow('ENOENT')
})
