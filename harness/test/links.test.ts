// Links of the documents: each file is there, and so is the heading that a link names.
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { isThere } from '../places.ts'
import { root } from './fixtures/lab-command.ts'

const { stdout } = await execa('git', ['ls-files', '*.md'], { cwd: root })
const documents = stdout.split('\n').filter((path) => !path.includes('/fixtures/'))

/** Without blocks of code, in which nothing is a link or a heading. */
const proseOf = async (path: string): Promise<string> =>
  (await readFile(join(root, path), 'utf8')).replaceAll(/^```[^]*?^```/gm, '')

const linksOf = async (path: string): Promise<string[]> =>
  [...(await proseOf(path)).replaceAll(/`[^`\n]*`/g, 'code').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)

/** As GitHub names the headings of a document. */
const anchorsOf = async (path: string): Promise<string[]> =>
  [...(await proseOf(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

test.each(documents)('%s links only to existing files and headings', async (document) => {
  const broken: string[] = []
  for (const link of (await linksOf(document)).filter((each) => !/^[a-z]+:/.test(each))) {
    const [file = '', anchor] = link.split('#')
    const path = file === '' ? document : relative(root, join(root, dirname(document), file))
    const isFound = await isThere(join(root, path))
    if (!isFound || (anchor !== undefined && !(await anchorsOf(path)).includes(anchor))) broken.push(link)
  }
  expect(broken).toEqual([])
})
