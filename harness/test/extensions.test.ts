// A new thing is one new file: one of each is added to a copy of the tree, and no file that was there is touched.
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { episodeRun } from './fixtures/report/episode-run.ts'
import { exampleRun } from './fixtures/report/example-run.ts'

const root = resolve(import.meta.dirname, '../..')

const probe = `// How often a container started again.
import * as z from 'zod'
import { defineTimelineProbe } from '../kit/probe.ts'

export const probe = defineTimelineProbe({
  options: z.strictObject({}),
  metrics: () => ({
    restarts: { label: 'restarts of the server', meaning: 'containers that started again', unit: 'restarts', counts: true, combined: 'sum', observation: 'trial' },
  }),
  read: ({ lanes }) => ({
    metrics: { restarts: lanes.length },
    lanes: [{ kind: 'value', name: 'health', group: 'health', pod: null, states: [{ atMs: 0, state: 'degraded', text: 'half of it' }] }],
  }),
})
`

const exhibit = `// A sentence of one's own.
import { lead } from '../document/elements.ts'
import type { Exhibit } from '../exhibits.ts'

export const exhibit: Exhibit = {
  order: 5,
  title: 'An exhibit',
  elements: ({ slug }) => [lead('An exhibit of one’s own, of ' + slug + '.')],
}
`

const format = `// The verdicts as CSV.
import type { Format } from '../formats.ts'

export const format: Format = {
  files: () => ['verdicts.csv'],
  write: (run) => [
    {
      file: 'verdicts.csv',
      text: run.scenarios.flatMap(({ slug, arms }) => arms.map(({ name, verdict }) => [slug, name, verdict].join(','))).join('\\n'),
    },
  ],
}
`

const command = `// lab hello: says so.
import { Command } from 'commander'

export const command = (): Command => new Command('hello').description('say hello').action(() => console.log('hello'))
`

const added: Readonly<Record<string, string>> = {
  'harness/probe/api/restarts.ts': probe,
  'harness/report/exhibit/own.ts': exhibit,
  'harness/report/format/verdicts.ts': format,
  'harness/cli/commands/hello.ts': command,
}

let tree = ''
const lab = (...words: string[]) => execa(join(tree, 'harness/cli/lab'), words, { cwd: tree, reject: false, all: true })

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'lab-tree-'))
  const copied = ['harness', 'kind-configs', 'scenarios', 'workloads', 'package.json', 'tsconfig.json', '.oxlintrc.json']
  for (const name of copied) await cp(join(root, name), join(tree, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
  for (const [file, text] of Object.entries(added)) {
    await mkdir(dirname(join(tree, file)), { recursive: true })
    await writeFile(join(tree, file), text)
  }
  await lab('new', 'scenario', 'my-own', '--in', join(tree, 'scenarios'))
}, 60_000)

test('with one of each the types and the lint still hold', async () => {
  const run = (program: string, ...words: string[]) =>
    execa(join(tree, 'node_modules/.bin', program), words, { cwd: tree, reject: false, all: true })
  const types = { extends: './tsconfig.json', include: [...Object.keys(added), 'scenarios/my-own'] } // nothing that was there imports them
  await writeFile(join(tree, 'added.json'), JSON.stringify(types))
  expect(await run('tsc', '--project', 'added.json')).toMatchObject({ exitCode: 0, all: '' })
  const lint = await run('oxlint', '--deny-warnings', ...types.include)
  expect(lint.exitCode, lint.all).toBe(0)
}, 60_000)

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
  await writeFile(another, probe)
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
