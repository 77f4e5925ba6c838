// `npm run timings -- [--times N] COMMAND...`: runs commands from a clean clone of HEAD, adds how long each took to docs/timings.json, and writes
// docs/timings.md. On a quiet machine: a time measures everything else that runs, too.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { readRun } from '../harness/judge/read-run.ts'
import { timeSpent } from '../harness/report/frame/time/facts.ts'
import { Timings, timingsPage } from './timings-page.ts'
import type { Timing } from './timings-page.ts'

/** Each by the name it has in the table: the words, and whether it begins without anything cached. */
const commands: Readonly<Record<string, { words: readonly string[]; cold?: boolean; after?: readonly string[] }>> = {
  'make demo, cold': { words: ['make', 'demo'], cold: true },
  'make demo': { words: ['make', 'demo'] },
  'lab up': { words: ['npx', 'lab', 'up'], after: ['npx', 'lab', 'down'] },
  'make lab': { words: ['make', 'lab'] },
  'make test': { words: ['make', 'test'] },
}

const root = resolve(import.meta.dirname, '..')
const records = join(import.meta.dirname, 'timings.json')
const { values, positionals } = parseArgs({ options: { times: { type: 'string', default: '3' } }, allowPositionals: true })
const unknown = positionals.filter((name) => !(name in commands))
const times = Number(values.times)
if (positionals.length === 0 || unknown.length > 0 || !(Number.isInteger(times) && times > 0)) {
  console.error(
    `usage: npm run timings -- [--times N] COMMAND...\ncommands: ${Object.keys(commands)
      .map((name) => `"${name}"`)
      .join(', ')}`,
  )
  process.exit(2)
}

const commit = (await execa('git', ['rev-parse', '--short', 'HEAD'], { cwd: root })).stdout
const machine = `${availableParallelism()} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB`

/** The parts of the run that is newest in the clone; none where the command left no run. */
const partsOf = async (clone: string): Promise<Timing['parts']> => {
  const folder = join(clone, 'reports/runs')
  const runs = (await readdir(folder).catch((): string[] => [])).filter((name) => /^\d{4}-/.test(name)).toSorted()
  const newest = runs.at(-1)
  if (newest === undefined) return []
  const spent = timeSpent(await readRun(join(folder, newest, 'run.json')))
  return (spent?.parts ?? []).map(({ what, seconds }) => ({ what, seconds }))
}

const measure = async (name: string): Promise<Timing> => {
  const { words, cold = false, after } = commands[name] ?? { words: [] }
  const scratch = await mkdtemp(join(tmpdir(), 'lab-timings-'))
  const clone = join(scratch, 'clone')
  const caches = cold
    ? { LAB_CACHE: join(scratch, 'lab'), GOCACHE: join(scratch, 'go'), GOMODCACHE: join(scratch, 'modules') }
    : {}
  const run = ([program = '', ...rest]: readonly string[]) =>
    execa(program, rest, { cwd: clone, env: caches, stdout: process.stderr, stderr: process.stderr })
  await execa('git', ['clone', '--quiet', root, clone])
  await execa('git', ['checkout', '--quiet', commit], { cwd: clone })
  await execa('npx', ['lab', 'down', '--engine'], { cwd: root }) // a running one has its images
  try {
    if (!cold) await run(['make', 'setup'])
    const startedAt = new Date()
    await run(words)
    const seconds = (Date.now() - startedAt.getTime()) / 1000
    const parts = await partsOf(clone)
    if (after) await run(after)
    return { command: name, commit, startedAt: startedAt.toISOString(), machine, seconds, parts }
  } finally {
    await run(['npx', 'lab', 'down', '--engine'])
    await execa('chmod', ['-R', 'u+w', scratch])
    await rm(scratch, { recursive: true, force: true })
  }
}

for (const name of positionals)
  for (let time = 0; time < times; time += 1) {
    const timing = await measure(name)
    const timings = Timings.parse(JSON.parse(await readFile(records, 'utf8')))
    const all = { ...timings, measured: [...timings.measured, timing] }
    await writeFile(records, `${JSON.stringify(all, undefined, 1)}\n`)
    await writeFile(join(import.meta.dirname, 'timings.md'), timingsPage(all))
    console.log(`${name}: ${timing.seconds.toFixed(0)} s`)
  }
