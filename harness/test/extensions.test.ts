// A new thing is one new file: one of each is added to a copy of the tree, and no file that was there is touched.
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { episodeRun } from './fixtures/report/episode-run.ts'
import { exampleRun } from './fixtures/report/example-run.ts'

const root = resolve(import.meta.dirname, '../..')

/** Their types and their style are checked where they lie, as if they lay where the copy has them (`rootDirs` in tsconfig.json). */
const added = join(import.meta.dirname, 'fixtures/added')

let tree = ''
const lab = (...words: string[]) => execa(join(tree, 'harness/cli/lab'), words, { cwd: tree, reject: false, all: true })

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'lab-tree-'))
  const copied = ['harness', 'kind-configs', 'scenarios', 'workloads', 'package.json', 'tsconfig.json', '.oxlintrc.json']
  for (const name of copied) await cp(join(root, name), join(tree, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
  await cp(added, tree, { recursive: true })
  await lab('new', 'scenario', 'my-own', '--in', join(tree, 'scenarios'))
}, 60_000)

test('no file of their names was there', async () => {
  const files = (await readdir(added, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  expect(files.map(({ name }) => name).toSorted()).toEqual(['hello.ts', 'own.ts', 'restarts.ts', 'verdicts.ts'])
  for (const { parentPath, name } of files) expect(existsSync(join(root, relative(added, parentPath), name)), name).toBe(false)
})

test('a command is found', async () => {
  expect((await lab('hello')).stdout).toBe('hello')
})

test('a scenario is found, and a probe with its unit, whose metric a rule can name', async () => {
  const file = join(tree, 'scenarios/missing-priority-class/scenario.ts')
  const source = await readFile(file, 'utf8')
  await writeFile(
    file,
    source
      .replace('  probes: {\n', '  probes: {\n    restarts: {},\n')
      .replace('    healthy: [', "    healthy: [metric('restarts').atMost(3), "),
  )
  const { all, stdout, exitCode } = await lab('list')
  expect(exitCode, all).toBe(0)
  expect(stdout).toContain('my-own  A Service that sends to the wrong port')
  await writeFile(file, source)
})

test('a name that two folders have is refused, and both files are named', async () => {
  const another = join(tree, 'harness/probe/pod/evictions.ts')
  await cp(join(added, 'harness/probe/api/restarts.ts'), another)
  const { all, exitCode } = await lab('list')
  await rm(another)
  expect(exitCode, all).toBe(2)
  expect(all).toMatch(/probes\.evictions: .*harness\/probe\/api\/evictions\.ts, harness\/probe\/pod\/evictions\.ts/)
})

test('an exhibit and a format are in the reports, and so are a new unit and a new state of a lane', async () => {
  const run = { ...exampleRun(), scenarios: [...exampleRun().scenarios, ...episodeRun().scenarios] }
  const [scenario] = run.scenarios
  if (!scenario) throw new Error('the example has a scenario')
  scenario.metrics['restarts'] = {
    label: 'restarts of the server',
    unit: 'restarts',
    counts: true,
    combined: 'sum',
    observation: 'trial',
  }
  for (const each of scenario.trials) each.metrics['restarts'] = 2
  for (const { timeline } of run.scenarios.flatMap(({ trials }) => trials))
    timeline?.lanes.push({
      kind: 'value',
      name: 'health',
      group: 'health',
      pod: null,
      states: [{ atMs: 0, state: 'half-degraded', text: 'one of two' }],
    })
  const out = await mkdtemp(join(tree, 'out-'))
  await writeFile(join(out, 'run.json'), JSON.stringify(run))
  const { all, exitCode } = await lab('judge', out)
  expect(exitCode, all).toBe(0)
  const files = ['http2-hot-pod.html', 'http2-hot-pod.md', 'verdicts.csv', 'missing-priority-class.html']
  const [page = '', text = '', csv = '', ofEpisodes = ''] = await Promise.all(
    files.map((file) => readFile(join(out, file), 'utf8')),
  )
  expect(page).toContain('An exhibit of one’s own, of http2-hot-pod.')
  expect(text).toContain('An exhibit of one’s own, of http2-hot-pod.')
  expect(text).toMatch(/^\| Σ\srestarts of the server \| 4 \|/m)
  expect(csv).toContain('http2-hot-pod,l7-proxy,fixed')
  expect(ofEpisodes).toContain('half degraded')
})
