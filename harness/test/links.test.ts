// Links of the documents: each file is there, and so is the heading that a link names.
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { isThere } from '../places.ts'
import { root } from './fixtures/lab-command.ts'

const { stdout } = await execa('git', ['ls-files', '*.md'], { cwd: root })
const documents = stdout.split('\n').filter((path) => !path.includes('/fixtures/'))

/** Text without blocks of code and code in a line, in which nothing is a link. */
const proseOf = async (path: string): Promise<string> =>
  (await readFile(join(root, path), 'utf8'))
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => '`'.repeat(code.length))

/** As GitHub names the headings of a document. */
const anchorsOf = async (path: string): Promise<string[]> =>
  [...(await readFile(join(root, path), 'utf8')).replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(
    ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
  )

test.each(documents)('%s links only to what is there', async (document) => {
  const links = [...(await proseOf(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken: string[] = []
  for (const link of links.filter((each) => !/^[a-z]+:/.test(each))) {
    const [file = '', anchor] = link.split('#')
    const path = file === '' ? document : relative(root, join(root, dirname(document), file))
    const isFound = await isThere(join(root, path))
    if (!isFound || (anchor !== undefined && !(await anchorsOf(path)).includes(anchor))) broken.push(link)
  }
  expect(broken).toEqual([])
})
