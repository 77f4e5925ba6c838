import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { commitOf } from './environment.ts'

const folder = await mkdtemp(join(tmpdir(), 'commit-'))
const git = (...words: string[]) =>
  execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], { cwd: folder })

test('a run knows the commit of its lab, and whether files were changed since; outside a repository it knows none', async () => {
  expect(await commitOf(folder)).toBeUndefined()
  await git('init', '--quiet')
  await writeFile(join(folder, 'lab.txt'), 'one')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'One')
  const commit = (await git('rev-parse', 'HEAD')).stdout
  expect(await commitOf(folder)).toBe(commit)
  await writeFile(join(folder, 'lab.txt'), 'two')
  expect(await commitOf(folder)).toBe(`${commit}-dirty`)
})
