// The shell of docs/ci.md and README.md, as it is written there: a regression makes the job fail, and a run without one passes. Only `lab run` and downloads are made up.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Run } from '../model/run.ts'
import { root } from './fixtures/lab-command.ts'
import { fakeProgram } from './fixtures/fake-program.ts'
import { hotPod, ofDay } from './fixtures/accepted-runs.ts'

const page = await readFile(join(root, 'docs/ci.md'), 'utf8')

/** The first block of code below a heading, without what says its language. */
const codeBelow = (heading: string, text = page): string => {
  const [, code] = /```\w*\n([^]*?)```/.exec(text.slice(text.indexOf(`# ${heading}\n`))) ?? []
  if (code === undefined) throw new Error(`there is no code below ${heading}`)
  return code
}

const gitLab = (): string => {
  const { incidents } = parse(codeBelow('GitLab')) as { incidents: { script: string[] } }
  return ['set -eo pipefail', ...incidents.script].join('\n') // as GitLab's runner begins a script
}

/** The trials of the incident's p99 so many times what they were; without the arms that are named. */
const changed = (run: Run, times: number, without: readonly string[] = []): Run => ({
  ...run,
  scenarios: run.scenarios.map((scenario) => ({
    ...scenario,
    arms: scenario.arms.filter(({ name }) => !without.includes(name)),
    trials: scenario.trials
      .filter(({ arm }) => !without.includes(arm))
      .map((trial) => {
        const { latency_p99: p99 = NaN, ...metrics } = trial.metrics
        return trial.arm === 'incident' ? { ...trial, metrics: { ...metrics, latency_p99: p99 * times } } : trial
      }),
  })),
})

/** What each `lab diff` answered, by its words and the newer run: it would answer the same again. */
const answers = await mkdtemp(join(tmpdir(), 'lab-answers-'))

/** A job that ran the shell in a folder with earlier runs. `exit`: of `lab run`; `earlier`: how many can be downloaded, and what the next download answers. */
const job = async (
  shell: string,
  newer: Run,
  { exit = 0, earlier = [3, 404] as readonly [count: number, answer: number] } = {},
) => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-job-'))
  await writeFile(join(folder, 'measured.json'), JSON.stringify(newer))
  for (const [index, times] of [0.97, 1, 1 / 0.97].entries()) {
    await mkdir(join(folder, `good-${index + 1}`))
    await writeFile(join(folder, `good-${index + 1}`, 'run.json'), JSON.stringify(ofDay(index + 1, changed(accepted, times))))
  }
  await fakeProgram('make', 'exit 0')
  await fakeProgram(
    'curl',
    `while [ $# -gt 0 ]; do if [ "$1" = --output ]; then out=$2; fi; url=$1; shift; done
case $url in */run.json*) place=1 ;; *) place=\${url##*/earlier/}; place=$((\${place%%.json*} + 1)) ;; esac
if [ $place -le ${earlier[0]} ]; then cp good-$place/run.json "$out"; printf 200; else printf ${earlier[1]}; fi`,
  )
  await fakeProgram(
    'npx',
    `if [ "$2" != run ]; then
  shift
  known=${answers}/$({ echo "$@"; cat measured.json; } | cksum | tr ' ' -)
  [ -e $known.exit ] || { ${root}/harness/cli/lab "$@" > $known.out 2> $known.err; echo $? > $known.exit; }
  cat $known.out; cat $known.err >&2; exit $(cat $known.exit)
fi
while [ $# -gt 0 ]; do if [ "$1" = --out ]; then out=$2; fi; shift; done
mkdir -p "$out"; cp measured.json "$out/run.json"; exit ${exit}`,
  )
  const { exitCode, all } = await execa('bash', ['-c', shell], { cwd: folder, reject: false, all: true })
  return { exitCode, all, folder }
}

/** Three arms are enough to be judged, of a scenario without a model: each of the many `lab diff` would only take longer. */
const accepted = changed(
  hotPod,
  1,
  hotPod.scenarios
    .flatMap(({ arms }) => arms.map(({ name }) => name))
    .filter((name) => !['control', 'incident', 'l7-proxy'].includes(name)),
)
const same = ofDay(9, accepted)
const worse = changed(same, 3)
const fewer = changed(same, 1, ['l7-proxy'])

test.each([
  ['Anywhere else', codeBelow('Anywhere else'), 'comment.md'],
  ['GitLab', gitLab(), 'reports/runs/ci/changes.md'],
])(
  'the job of "%s" passes without a regression, fails with one, and is inconclusive where an arm is missing',
  async (_, shell, written) => {
    const [clean, regressed, missing] = [await job(shell, same), await job(shell, worse), await job(shell, fewer)]
    expect(clean.exitCode, clean.all).toBe(0)
    expect(regressed.exitCode, regressed.all).toBe(1)
    expect(missing.exitCode, missing.all).toBe(4)
    const first = async ({ folder }: typeof clean) => (await readFile(join(folder, written), 'utf8')).split('\n')[0]
    expect([await first(clean), await first(regressed), await first(missing)]).toEqual([
      '**Nothing got worse beyond noise.**',
      '**Regressed: http2-hot-pod (incident).**',
      '**Inconclusive: the newer run measured less than the older runs. Missing in the newer run: http2-hot-pod (l7-proxy).**',
    ])
  },
)

test.each([
  ['Anywhere else', codeBelow('Anywhere else')],
  ['GitLab', gitLab()],
])(
  'the job of "%s" ends as the run did where that is not as expected; a regression beside an inconclusive run is still one',
  async (_, shell) => {
    expect((await job(shell, worse, { exit: 4 })).exitCode).toBe(1)
    expect((await job(shell, worse, { exit: 3 })).exitCode).toBe(3)
  },
)

test('so does the shorter one of README.md', async () => {
  const shell = codeBelow('In CI', await readFile(join(root, 'README.md'), 'utf8'))
  expect((await job(shell, same)).exitCode).toBe(0)
  expect((await job(shell, worse)).exitCode).toBe(1)
  expect((await job(shell, same, { exit: 3 })).exitCode).toBe(3)
})

test('the job of GitLab says that there are fewer than three earlier runs; where they cannot be fetched there is no answer', async () => {
  for (const count of [0, 2]) {
    const first = await job(gitLab(), same, { earlier: [count, 404] })
    expect([first.exitCode, first.all]).toEqual([0, expect.stringContaining('fewer than three earlier runs')])
  }
  expect((await job(gitLab(), same, { earlier: [0, 500] })).exitCode).toBe(4)
  expect((await job(gitLab(), worse, { earlier: [3, 500] })).exitCode).toBe(1)
})
