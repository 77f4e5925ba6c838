// reports/README.md says of files and reports what the code writes and reads.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRun } from '../judge/read-run.ts'
import { Run } from '../model/run.ts'
import { csv } from '../report/format/csv.ts'
import { allAccepted } from './fixtures/accepted-runs.ts'
import { root } from './fixtures/lab-command.ts'
import { exampleRun } from './fixtures/report/example-run.ts'

const page = await readFile(join(root, 'reports/README.md'), 'utf8')

test('it names the columns of numbers.csv, in their order', () => {
  const row = page.split('\n').find((line) => line.startsWith('| `numbers.csv` |')) ?? ''
  const [, ...named] = [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  expect(named).toEqual(csv(exampleRun()).split('\n')[0]?.split(','))
})

/** Whether the lab reads a run.json of this version. */
const isRead = async (schemaVersion: number): Promise<boolean> => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-test-')), 'run.json')
  await writeFile(path, JSON.stringify({ ...exampleRun(), schemaVersion }))
  return readRun(path).then(
    () => true,
    () => false,
  )
}

test('it names the version of run.json, and every version that the lab reads', async () => {
  const { value: current } = Run.shape.schemaVersion
  const read: number[] = []
  for (let version = 1; version <= current + 1; version += 1) if (await isRead(version)) read.push(version)
  expect(page).toContain(`\`run.schema.json\` is the JSON Schema of \`run.json\`, version ${current}.`)
  expect(page).toContain(`the lab reads versions ${read.join(' and ')}.`)
})

test('the trial tables of the accepted runs call the second trial of control as it says', async () => {
  const [, shown = ''] = /`([^`]+)` is the second one of a block/.exec(page) ?? []
  const slugs = (await allAccepted()).flatMap((run) =>
    run.scenarios.flatMap(({ slug, trials }) => (trials.some(({ replica }) => replica === 1) ? [slug] : [])),
  )
  expect(slugs).not.toEqual([])
  for (const slug of slugs)
    expect(await readFile(join(root, 'reports/accepted', slug, 'report.md'), 'utf8')).toContain(`| ${shown} |`)
})
