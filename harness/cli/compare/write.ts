// The files of a comparison.
import { join } from 'node:path'
import type { RunDiff } from '../../diff/run-diff.ts'
import { writeWhole } from '../../write-whole.ts'
import { diffAnnotations } from '../diff/annotations.ts'
import { diffJunit } from '../diff/junit.ts'
import { diffMarkdown } from '../diff/markdown.ts'
import { diffPage } from '../diff/page.ts'

/** Writes them, and on a GitHub runner its annotations, which GitHub also reads from standard error. */
export const writeComparison = async (diff: RunDiff, folder: string): Promise<void> => {
  await writeWhole(join(folder, 'compare.json'), `${JSON.stringify(diff, undefined, 1)}\n`)
  await writeWhole(join(folder, 'compare.md'), `${diffMarkdown(diff)}\n`)
  await writeWhole(join(folder, 'compare.html'), diffPage(diff))
  await writeWhole(join(folder, 'junit.xml'), diffJunit(diff))
  if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of diffAnnotations(diff)) process.stderr.write(`${line}\n`)
}
