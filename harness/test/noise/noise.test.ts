// What other work on the machine does to verdicts: the article's incidents in quick mode beside busy loops and beside a process that keeps the disk busy. An arm may
// then be inconclusive, but no verdict may be wrong. NOISE_RUNS: runs of each kind. Writes reports/runs/noise.md.
import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { Run } from '../../model/run.ts'
import { lab, measured, readRun, root, temporaryFolder } from '../cluster/support.ts'

const runs = Number(process.env['NOISE_RUNS'] ?? 10)

interface Hog {
  readonly name: string
  /** The command of each process beside the run. */
  readonly beside: readonly (readonly [string, ...string[]])[]
}

const busyLoop = [process.execPath, '--eval', 'for (;;);'] as const

/** Writes a file of 1 GiB again and again, each time to the disk. */
const diskHog = (file: string) =>
  ['bash', '-c', `while :; do dd if=/dev/zero of='${file}' bs=1M count=1024 conv=fsync status=none; done`] as const

const hogs: readonly Hog[] = [
  { name: 'nothing', beside: [] },
  { name: '1 busy loop', beside: [busyLoop] },
  { name: '2 busy loops', beside: [busyLoop, busyLoop] },
  { name: 'a busy disk', beside: [diskHog(join(await temporaryFolder(), 'hog'))] },
]

interface Count {
  readonly beside: string
  readonly arms: number
  readonly inconclusive: number
  readonly wrong: readonly string[]
}

const counts: Count[] = []

test.each(hogs.flatMap((hog) => Array.from({ length: runs }, (_, index) => ({ ...hog, number: index + 1 }))))(
  'beside $name no verdict is wrong (run $number)',
  async ({ name, beside }) => {
    for (const [program, ...words] of beside) {
      const hog = spawn(program, words, { stdio: 'ignore', detached: true })
      onTestFinished(() => void process.kill(-(hog.pid ?? NaN), 'SIGKILL')) // with what it started
    }
    const out = await temporaryFolder()
    const { exitCode, all } = await lab(['run', '--suite', 'article', '--quick', '--out', out])
    const run = await readRun(out)
    const wrong = wrongIn(run)
    const arms = run.scenarios.flatMap((scenario) => scenario.arms)
    const inconclusive = arms.filter(({ verdict }) => verdict === 'inconclusive').length
    counts.push({ beside: name, arms: arms.length, inconclusive, wrong })
    expect(wrong, all).toEqual([])
    expect(measured, all).toContain(exitCode)
  },
)

/** Arms with another verdict than expected; an inconclusive one claims nothing. */
const wrongIn = ({ scenarios }: Run): string[] =>
  scenarios.flatMap(({ slug, arms }) =>
    arms
      .filter(({ verdict, expected }) => verdict !== expected && verdict !== 'inconclusive')
      .map(({ name, verdict, expected, reason }) => `${slug} ${name}: ${verdict}, not ${expected}: ${reason}`),
  )

afterAll(async () => {
  const rows = [...Map.groupBy(counts, ({ beside }) => beside)].map(([beside, those]) => {
    const sum = (of: (count: Count) => number): number => those.reduce((all, each) => all + of(each), 0)
    const share = ((100 * sum(({ inconclusive }) => inconclusive)) / sum(({ arms }) => arms)).toFixed(1)
    return `| ${beside} | ${those.length} | ${sum(({ arms }) => arms)} | ${sum(({ wrong }) => wrong.length)} | ${share} % |`
  })
  const table = ['| beside | runs | arms | wrong | inconclusive |', '|---|---|---|---|---|', ...rows].join('\n')
  await mkdir(join(root, 'reports/runs'), { recursive: true })
  await writeFile(join(root, 'reports/runs/noise.md'), `${table}\n`)
  console.log(table)
})
