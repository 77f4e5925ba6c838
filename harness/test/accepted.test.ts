// Judges and renders the runs under reports/accepted/ again: their reports must follow from their measurements and the current rules.
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runText } from '../cli/results.ts'
import { readJudged } from '../judge/read-run.ts'
import { reportFiles } from '../report/formats.ts'

const accepted = resolve(import.meta.dirname, '../../reports/accepted')

const slugs = await readdir(accepted)

test.each(slugs)('%s: the same verdicts, and the same files byte for byte', async (slug) => {
  const folder = join(accepted, slug)
  const run = await readJudged(folder)
  const written = [{ file: 'run.json', text: runText(run) }, ...reportFiles(run)]
  for (const { file, text } of written)
    expect(text === (await readFile(join(folder, file), 'utf8')), `${file} is as it would be written now`).toBe(true)
  expect((await readdir(folder)).toSorted(), 'nothing else lies there').toEqual(written.map(({ file }) => file).toSorted())
})

test.each(slugs)('%s: no remark in brackets follows another one, in any of its files', async (slug) => {
  const folder = join(accepted, slug)
  const stacked: string[] = []
  for (const file of await readdir(folder))
    for (const line of (await readFile(join(folder, file), 'utf8')).split('\n'))
      if (line.includes(') (')) stacked.push(`${file}: ${line.slice(0, 200)}`)
  expect(stacked).toEqual([])
})
