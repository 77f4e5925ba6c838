import { mkdtemp, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { writeWhole } from '../write-whole.ts'

const folderWith = async (name: string, text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-write-'))
  await writeFile(join(folder, name), text)
  return folder
}

test('a file is replaced as a whole, and nothing stays beside it, not even what a killed process left', async () => {
  const folder = await folderWith('run.json', 'before')
  await writeFile(join(folder, 'run.json.draft'), 'half of')
  await writeWhole(join(folder, 'run.json'), 'after')
  expect(await readdir(folder)).toEqual(['run.json'])
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe('after')
})

test('what cannot be written leaves what was there', async () => {
  const folder = await folderWith('run.json', 'before')
  await expect(writeWhole(join(folder, 'run.json'), { toString: () => 'text' } as never)).rejects.toThrow(
    'must be of type string',
  )
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe('before')
})

test('links to files elsewhere, under its name and under that of its draft, are replaced, and those files stay as they are', async () => {
  const folder = await folderWith('elsewhere', 'of another user')
  const elsewhere = join(folder, 'elsewhere')
  await symlink(elsewhere, join(folder, 'report.html'))
  await symlink(elsewhere, join(folder, 'report.html.draft'))
  await writeWhole(join(folder, 'report.html'), 'the report')
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('the report')
  expect(await readFile(elsewhere, 'utf8')).toBe('of another user')
})

test('a file that cannot be written to its end leaves no draft: the disk is full, or a quota is reached', async () => {
  const folder = await folderWith('run.json', 'before')
  const file = JSON.stringify(resolve(import.meta.dirname, '../write-whole.ts'))
  const program = `import { writeWhole } from ${file}
process.on('SIGXFSZ', () => {})
await writeWhole(${JSON.stringify(join(folder, 'run.json'))}, 'x'.repeat(2 ** 20)).catch(({ code }) => console.log(code))`
  const limited = 'ulimit -f 64; exec node --input-type=module --eval "$0"' // in 512 or 1024 bytes
  const { stdout } = await execa('bash', ['-c', limited, program], { preferLocal: true })
  expect(stdout).toBe('EFBIG')
  expect(await readdir(folder)).toEqual(['run.json'])
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe('before')
})
