import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Matrix } from '../../diff/matrix.ts'
import { labHere, root } from '../../test/fixtures/lab-command.ts'

const accepted = join(root, 'reports/accepted/cpu-limit-throttling')

/** An accepted run, as if it were of this version. */
const runOn = async (kubernetes: string): Promise<string> => {
  const folder = join(await mkdtemp(join(tmpdir(), 'lab-matrix-')), 'run')
  await cp(accepted, folder, { recursive: true })
  const path = join(folder, 'run.json')
  await writeFile(path, (await readFile(path, 'utf8')).replace(/"kubernetes": "[^"]+"/, `"kubernetes": "${kubernetes}"`))
  return folder
}

test('two runs of different versions are a table on the terminal, and Markdown for CI', async () => {
  const runs = [await runOn('v1.34.4'), await runOn('v1.36.3')]
  const text = await labHere('matrix', ...runs)
  expect(text.exitCode).toBe(0)
  expect(text.stdout).toMatch(/^ {2}arm.* v1\.34\.4 +v1\.36\.3$/m)
  expect(text.stdout).toMatch(/as expected on v1\.34\.4 and v1\.36\.3\.$/)
  expect((await labHere('matrix', ...runs, '--markdown')).stdout).toMatch(/^\*\*Every measured arm/)
})

test('--json has a cell for each arm and version', async () => {
  const { stdout } = await labHere('matrix', await runOn('v1.34.4'), '--json')
  const { versions, scenarios } = JSON.parse(stdout) as Matrix
  expect(versions.map(({ kubernetes }) => kubernetes)).toEqual(['v1.34.4'])
  expect(scenarios[0]?.arms.every(({ cells }) => cells.length === 1)).toBe(true)
})

test('two runs of one version are wrong usage, and what compares them is named', async () => {
  const { exitCode, stderr } = await labHere('matrix', accepted, accepted)
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/next: `lab diff` compares two runs of one version/)
})

test('a version that the lab has no cluster of is refused before anything starts, also beside one that it has', async () => {
  const { exitCode, stderr } = await labHere('run', 'cpu-limit-throttling', '--kubernetes', 'v1.34,v1.99')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('It has to be v1.34 or v1.36.')
})
