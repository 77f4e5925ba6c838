import { appendFile, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Journal } from '../measure/journal.ts'
import { journalName } from '../model/journal-line.ts'
import { exampleRun } from './fixtures/report/example-run.ts'
import { judgeRun, measuredOf } from '../judge/judge-run.ts'
import { readMeasured, readRun, readUnfinished } from '../judge/read-run.ts'

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'lab-run-'))

const plan = {
  scenarios: [{ folder: '/lab/scenarios/http2-hot-pod', arms: ['control', 'incident'] }],
  blocks: null,
  untilSettled: false,
  skipUnfit: false,
}

/** What reading a run.json of this text says, and the CPU time it took: a busy machine makes it no longer. */
const refusalOf = async (text: string): Promise<{ message: string; exit: string; cpuMs: number }> => {
  const path = join(await folder(), 'run.json')
  await writeFile(path, text)
  const before = process.cpuUsage()
  const error: unknown = await readRun(path).catch((thrown: unknown) => thrown)
  const { message, exit } = error as { message: string; exit: string }
  const { user, system } = process.cpuUsage(before)
  return { message: message.replace(path, 'run.json'), exit, cpuMs: (user + system) / 1000 }
}

const changed = (change: (run: Record<string, unknown>) => unknown): string => {
  const run = structuredClone(exampleRun()) as unknown as Record<string, unknown>
  return JSON.stringify(change(run) ?? run)
}

test('the measurements of a run, judged again, give the same run', async () => {
  const run = exampleRun()
  expect(await judgeRun(measuredOf(run))).toEqual(run)
})

test.each([
  [
    'another schema',
    changed((run) => ({ ...run, schemaVersion: 2 })),
    'it has schema 2, but this version of the lab reads schemas 4 and 5',
  ],
  ['half of one', changed((run) => run).slice(0, 5000), 'JSON'],
  ['no run at all', '{"hello": 1}', 'schemaVersion'],
  ['an empty file', '', 'JSON'],
  ['null', 'null', 'expected object'],
  ['a million trials', `{"schemaVersion": 5, "scenarios": [${'{},'.repeat(1e6)}{}]}`, 'more than 50000 entries'],
  [
    'a million keys',
    `{"schemaVersion": 5, ${Array.from({ length: 1e6 }, (_, key) => `"k${key}": 1`).join()}}`,
    'more than 50000 entries',
  ],
  ['deep nesting', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'nested more than 24 deep'],
  ['a prototype', '{"schemaVersion": 5, "__proto__": {"polluted": true}}', 'the key __proto__'],
  [
    'forty thousand wrong phases',
    changed((run) => ({ ...run, phases: Array.from({ length: 40_000 }, () => ({})) })),
    'more problems',
  ],
])('%s is refused in one line, within a second of CPU time', async (_what, text, words) => {
  const { message, exit, cpuMs } = await refusalOf(text)
  expect(message).toMatch(/^run\.json cannot be read as a run of the lab: [^\n]*$/)
  expect(message).toContain(words)
  expect(exit).toBe('usage')
  expect(cpuMs).toBeLessThan(1000)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('what a killed run had measured is read from its journal, but for the line it was killed in', async () => {
  const out = await folder()
  const run = measuredOf(exampleRun())
  const [scenario] = run.scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const journal = new Journal(out)
  const { scenarios: _scenarios, ...head } = run
  await journal.begin({ ...head, finishedAt: null }, plan)
  await journal.describe({ ...scenario, complete: false, trials: [] })
  for (const trial of scenario.trials.slice(0, 3)) await journal.trial(scenario.slug, trial)
  await appendFile(join(out, 'run.jsonl'), '{"slug":"http2-hot-pod","tri')
  const read = await readMeasured(out)
  expect(read.scenarios.map(({ slug, complete, trials }) => [slug, complete, trials.length])).toEqual([
    ['http2-hot-pod', false, 3],
  ])
  expect((await judgeRun(read)).scenarios[0]?.trials).toEqual(scenario.trials.slice(0, 3))
})

test('a journal costs as little at the end of a run as at its beginning: a line a trial', async () => {
  const out = await folder()
  const { scenarios, ...head } = measuredOf(exampleRun())
  const [scenario] = scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const journal = new Journal(out)
  await journal.begin(head, plan)
  await journal.describe({ ...scenario, trials: [] })
  for (const trial of scenario.trials) await journal.trial(scenario.slug, trial)
  expect(journal.run([scenario.slug], { finishedAt: head.finishedAt, skipped: [], phases: head.phases })).toEqual(
    measuredOf(exampleRun()),
  )
})

test('a resumed run has the earlier measurements and its request in its new journal from the first moment', async () => {
  const out = await folder()
  const { scenarios, ...head } = measuredOf(exampleRun())
  const [scenario] = scenarios
  if (!scenario) throw new Error('the example has a scenario')
  const earlier = {
    ...head,
    finishedAt: null,
    scenarios: [{ ...scenario, complete: false, trials: scenario.trials.slice(0, 3) }],
  }
  await new Journal(out).begin({ ...head, finishedAt: null }, plan)
  await new Journal(out, earlier).begin({ ...head, finishedAt: null }, plan)
  expect(await readUnfinished(out)).toEqual({ run: earlier, plan })
})

test('without an interrupted run there is none to resume', async () => {
  await expect(readUnfinished(await folder())).rejects.toMatchObject({
    exit: 'usage',
    message: expect.stringContaining('has no run to resume'),
  })
})

test.each([
  ['a line of no known kind', '{"hello": 1}\n', 'line 1: '],
  ['no line at all', '', 'its first line is missing'],
])('a journal with %s is refused in one line', async (_, text, says) => {
  const path = await folder()
  await writeFile(join(path, journalName), text)
  await expect(readUnfinished(path)).rejects.toMatchObject({
    message: expect.stringMatching(
      new RegExp(`^${path}/${journalName} cannot be read as a run of the lab: ${says}.*$`),
    ) as unknown,
    exit: 'usage',
  })
})

test('a run of the schema before this one is read: its second trials of control are the second deployment', async () => {
  const run = exampleRun()
  const older = {
    ...run,
    schemaVersion: 4,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: scenario.trials.map(({ replica, ...trial }) => ({ ...trial, again: replica > 0 })),
    })),
  }
  const path = join(await folder(), 'run.json')
  await writeFile(path, JSON.stringify(older))
  expect(await readRun(path)).toEqual(run)
})
