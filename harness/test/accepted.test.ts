// The runs under reports/accepted/ are judged and drawn anew: what they say follows from what they measured, by the rules as they are now.
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runText } from '../cli/results.ts'
import { readJudged } from '../judge/read-run.ts'
import { formats } from '../report/formats.ts'

const accepted = resolve(import.meta.dirname, '../../reports/accepted')

test.each(await readdir(accepted))('%s: the same verdicts, and the same files byte for byte', async (slug) => {
  const folder = join(accepted, slug)
  const run = await readJudged(folder)
  const written = [{ file: 'run.json', write: runText }, ...formats]
  for (const { file, write } of written)
    expect(write(run) === (await readFile(join(folder, file), 'utf8')), `${file} is as it would be written now`).toBe(true)
})
