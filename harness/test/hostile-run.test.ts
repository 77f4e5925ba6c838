// A malicious or damaged run.json: it is refused in a sentence, in little time and memory.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { readMeasured } from '../judge/read-run.ts'
import type { Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'
import { exampleRun } from './fixtures/report/example-run.ts'
import { labHere } from './fixtures/lab-command.ts'

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'lab-hostile-'))

const written = async (run: Run): Promise<string> => {
  const where = await folder()
  await writeFile(join(where, 'run.json'), JSON.stringify(run))
  return where
}

const withTrials = (change: (trial: Trial) => Partial<Trial>): Run => {
  const run = exampleRun()
  const scenarios = run.scenarios.map((scenario) => ({
    ...scenario,
    trials: scenario.trials.map((trial) => ({ ...trial, ...change(trial) })),
  }))
  return { ...run, scenarios }
}

const histogram = (latencyHistogram: string): Run => withTrials(({ load }) => ({ load: { ...load, latencyHistogram } }))

/** As a histogram is written: a cookie, how long the rest is, and the rest, deflated. */
const deflated = (content: Buffer): string => {
  const rest = deflateSync(content)
  const head = Buffer.alloc(8)
  head.writeInt32BE(0x1c849314)
  head.writeInt32BE(rest.length, 4)
  return Buffer.concat([head, rest]).toString('base64')
}

test.each<[string, Run, RegExp]>([
  [
    'a histogram that inflates to 64 MiB',
    histogram(deflated(Buffer.alloc(64 * 1024 ** 2))),
    /the latency histogram of a trial of control .*1 MiB/,
  ],
  ['a histogram that is none', histogram('bm90IG9uZSBhdCBhbGw='), /the latency histogram of a trial of control is none/],
  ['an empty histogram', histogram(''), /the latency histogram of a trial of control is none/],
  [
    'a histogram with nothing in it',
    histogram(deflated(Buffer.alloc(40))),
    /the latency histogram of a trial of control is none/,
  ],
  ['values of 1e308', withTrials(() => ({ metrics: { latency_p99: 1e308 } })), /a number in it is larger than 1e15/],
  ['values of 1e-300', withTrials(() => ({ metrics: { latency_p99: 1e-300 } })), /nearer to 0 than 1e-15/],
])('%s: refused as wrong usage, by `lab judge` with exit code 2', async (_, run, why) => {
  const where = await written(run)
  const error: unknown = await readMeasured(where).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ exit: 'usage', message: expect.stringMatching(why) as unknown })
  const { exitCode, stderr } = await labHere('judge', where)
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(why)])
})

test('the largest and the smallest values that are read are judged and reported', async () => {
  for (const value of [1e15, 1e-15, 0, -1e15]) {
    const where = await written(
      withTrials(({ metrics }) => ({
        metrics: Object.fromEntries(
          Object.keys(metrics).map((name) => [name, /latency|lag/.test(name) ? Math.abs(value) : value]),
        ),
      })),
    )
    const { exitCode, stderr } = await labHere('judge', where)
    expect([1, 4], stderr).toContain(exitCode)
  }
})

test('more trials than can be judged within seconds are refused, and as many as that are judged', async () => {
  const run = exampleRun()
  const many = (count: number): Run => ({
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      trials: Array.from({ length: count }, (_, index) => {
        const trial = scenario.trials[index % scenario.trials.length] ?? scenario.trials[0]
        if (!trial) throw new Error('the example has trials')
        const load = { ...trial.load, perSecond: [] }
        const round = Math.floor(index / scenario.trials.length)
        const blocks = Math.max(...scenario.trials.map(({ block }) => block)) + 1
        return { ...trial, load, series: {}, order: index, block: round * blocks + trial.block }
      }),
    })),
  })
  const { exitCode, stderr } = await labHere('judge', await written(many(2501)))
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('a scenario in it has more than 2500 trials')])
  const judged = await labHere('judge', await written(many(2500)))
  expect(judged.exitCode, judged.stderr).toBe(0)
})

test('a pipe in place of a run is refused at once: it may never get a writer', async () => {
  const pipe = join(await folder(), 'run.json')
  await execa('mkfifo', [pipe])
  const { exitCode, stderr } = await labHere('judge', pipe)
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('it is not a regular file')])
}, 20_000)
