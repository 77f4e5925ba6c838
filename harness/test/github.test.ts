// The action and the workflows that GitHub runs: their scripts for real, with `npx` and `gh` as programs that say what the test needs.
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tiers } from '../../docs/nightly-page.ts'
import { fakeProgram } from './fixtures/fake-program.ts'

const github = resolve(import.meta.dirname, '../../.github')
const action = join(github, 'actions/run')

/** A step of a job that has run, in a workspace with so many earlier runs; `npx lab run` and `npx lab diff` ended like this. */
const step = async (
  ended: { run: number; diff: number },
  { earlier = 0, acknowledged = '', allowMissing = '', reports = true } = {},
) => {
  const here = await fakeProgram(
    'npx',
    `echo "$@" >>"$here/calls"
case "$2" in
run) while [ $# -gt 0 ]; do if [ "$1" = --out ]; then out=$2; fi; shift; done
  ${reports ? 'mkdir -p "$out"; echo {} >"$out/run.json"; echo "the summary" >"$out/summary.md"' : ':'}
  exit ${ended.run} ;;
diff) echo "the comparison"; exit ${ended.diff} ;;
esac`,
  )
  const workspace = await mkdtemp(join(tmpdir(), 'lab-workspace-'))
  for (let index = 1; index <= earlier; index += 1) {
    await mkdir(join(workspace, '.history', `${index}`), { recursive: true })
    await writeFile(join(workspace, '.history', `${index}`, 'run.json'), '{}')
  }
  const [summary, outputs] = [join(workspace, 'summary'), join(workspace, 'outputs')]
  await Promise.all([writeFile(summary, ''), writeFile(outputs, '')])
  const { exitCode } = await execa(join(action, 'run.sh'), {
    cwd: workspace,
    reject: false,
    env: {
      ARGUMENTS: '--all --quick',
      OUT: 'incident-lab',
      HISTORY: '.history',
      ACKNOWLEDGED: acknowledged,
      ALLOW_MISSING: allowMissing,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
    },
  })
  const lines = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).trimEnd().split('\n')
  return {
    exitCode,
    calls: await lines(join(here, 'calls')),
    summary: await lines(summary),
    outputs: await lines(outputs),
    workspace,
  }
}

test('the step runs the lab as its inputs say, and its summary is that of the run', async () => {
  const { exitCode, calls, summary, outputs, workspace } = await step({ run: 0, diff: 0 })
  expect(exitCode).toBe(0)
  expect(calls, 'nothing is compared').toEqual([`lab run --all --quick --out ${workspace}/incident-lab`])
  expect(summary).toEqual(['the summary'])
  expect(outputs).toEqual(['exit-code=0'])
})

test('with fewer than three earlier runs it compares nothing: metrics would not be judged, and no run would ever pass', async () => {
  const { exitCode, calls } = await step({ run: 0, diff: 4 }, { earlier: 2 })
  expect([exitCode, calls.length]).toEqual([0, 1])
})

test('with three earlier runs in the history it compares the run with all of them, and with what is acknowledged', async () => {
  const { exitCode, calls, summary, outputs, workspace } = await step(
    { run: 0, diff: 0 },
    { earlier: 3, acknowledged: 'known.yaml' },
  )
  expect(exitCode).toBe(0)
  const runs = [1, 2, 3].map((index) => `${workspace}/.history/${index}/run.json`).join(' ')
  expect(calls[1]).toBe(`lab diff ${runs} ${workspace}/incident-lab --markdown --acknowledged ${workspace}/known.yaml`)
  expect(summary).toEqual(['the summary', 'the comparison'])
  expect(outputs).toEqual(['exit-code=0', 'compared=0'])
})

test.each([
  ['passes where both are as expected', 0, 0, 0],
  ['fails where the comparison found a regression', 0, 1, 1],
  ['is inconclusive where the comparison is: an arm may be missing', 0, 4, 4],
  ['fails where the runs cannot be compared', 0, 2, 2],
  ['fails where the run is inconclusive and the comparison found a regression all the same', 4, 1, 1],
  ['fails where a verdict is not the expected one, whatever the comparison says', 1, 0, 1],
  ['is inconclusive where the run is, though nothing got worse', 4, 0, 4],
])('the step %s', async (_, run, diff, exit) => {
  expect((await step({ run, diff }, { earlier: 3 })).exitCode).toBe(exit)
})

test('what is missing is permitted where the input says so', async () => {
  const { calls } = await step({ run: 0, diff: 0 }, { earlier: 3, allowMissing: 'true' })
  expect(calls[1]).toMatch(/ --markdown --allow-missing$/)
})

test('a run that left no report is not compared, and its exit code is that of the step', async () => {
  const { exitCode, calls, summary } = await step({ run: 3, diff: 0 }, { earlier: 3, reports: false })
  expect([exitCode, calls.length, summary]).toEqual([3, 1, ['']])
})

/** A step of `lab compare`, which printed this and ended like that. */
const compareStep = async (printed: string, exit: number) => {
  const here = await fakeProgram('npx', `echo "$@" >>"$here/calls"; printf '${printed}'; exit ${exit}`)
  const workspace = await mkdtemp(join(tmpdir(), 'lab-workspace-'))
  const [summary, outputs] = [join(workspace, 'summary'), join(workspace, 'outputs')]
  const { exitCode } = await execa(join(action, 'run.sh'), {
    cwd: workspace,
    reject: false,
    env: {
      ARGUMENTS: '--suite article --quick',
      BASE: 'v1.34',
      CHANGE: 'v1.36',
      OUT: 'incident-lab',
      HISTORY: '.history',
      ACKNOWLEDGED: 'known.yaml',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
    },
  })
  const read = (path: string) => readFile(path, 'utf8')
  const comment = await read(join(workspace, 'incident-lab/comment.md'))
  return {
    exitCode,
    workspace,
    calls: await read(join(here, 'calls')),
    comment,
    summary: await read(summary),
    outputs: await read(outputs),
  }
}

test('with a base and a change the step compares them, whatever the history, and the comparison is its summary and its comment', async () => {
  const { exitCode, workspace, calls, comment, summary, outputs } = await compareStep('the comparison', 1)
  expect([exitCode, outputs]).toEqual([1, 'exit-code=1\n'])
  const flags = '--base v1.34 --change v1.36 --markdown'
  const known = `--acknowledged ${workspace}/known.yaml`
  expect(calls).toBe(`lab compare --suite article --quick ${flags} ${known} --out ${workspace}/incident-lab\n`)
  expect([comment, summary]).toEqual(['the comparison', 'the comparison'])
})

test('a comparison that could not be made leaves a comment that says so', async () => {
  const { exitCode, comment } = await compareStep('', 3)
  expect(exitCode).toBe(3)
  expect(comment).toBe('No comparison of v1.34 with v1.36: `lab compare` ended with exit code 3. The log of the job says why.\n')
})

test.each([
  ['the first comment is written', '', '--silent --method POST repos/me/mine/issues/7/comments'],
  ['a later one replaces it', '42', '--silent --method PATCH repos/me/mine/issues/comments/42'],
])('%s', async (_, existing, call) => {
  const here = await fakeProgram('gh', `echo "$@" >>"$here/calls"; case "$*" in *--paginate*) echo ${existing} ;; esac`)
  const file = join(await mkdtemp(join(tmpdir(), 'lab-workspace-')), 'comment.md')
  await writeFile(file, 'what got worse\n')
  await execa(join(action, 'comment.sh'), { env: { REPOSITORY: 'me/mine', NUMBER: '7', FILE: file } })
  expect(await readFile(join(here, 'calls'), 'utf8')).toContain(
    `api ${call} --raw-field body=<!-- kubernetes-incident-lab -->\nwhat got worse`,
  )
})

test('earlier runs are fetched as artifacts, a folder each, and one that has expired is left out', async () => {
  const here = await fakeProgram(
    'gh',
    `echo "$@" >>"$here/calls"
case "$2" in
list) echo 11; echo 12 ;;
download) [ "$3" = 11 ] || exit 1; mkdir -p "$7"; echo {} >"$7/run.json" ;;
esac`,
  )
  const workspace = await mkdtemp(join(tmpdir(), 'lab-workspace-'))
  const { exitCode, stdout } = await execa(join(action, 'history.sh'), {
    cwd: workspace,
    env: { WORKFLOW: 'nightly', BRANCH: 'main', ARTIFACT: 'incident-lab', COUNT: '5', OUT: '.history' },
  })
  expect(exitCode).toBe(0)
  expect(await readFile(join(here, 'calls'), 'utf8')).toContain('--workflow nightly --branch main --status success --limit 5')
  expect(await readdir(join(workspace, '.history'))).toEqual(['11'])
  expect(stdout).toBe('run 12 has no artifact incident-lab any more')
})

test('the key of the cache is the same for the same content, and follows from more than one file', async () => {
  const [first, second] = await Promise.all([execa(join(action, 'content.sh')), execa(join(action, 'content.sh'))])
  expect(first.stdout).toMatch(/^[0-9a-f]{16}$/)
  expect(second.stdout).toBe(first.stdout)
})

interface Step {
  readonly uses?: string
}

test('every action that is used is pinned to a commit: a tag can be moved', async () => {
  const read = async (path: string): Promise<unknown> => parse(await readFile(join(github, path), 'utf8')) as unknown
  const workflows = (await readdir(join(github, 'workflows'))).map((name) => join('workflows', name))
  const jobs = await Promise.all(workflows.map(async (path) => (await read(path)) as { jobs: Record<string, { steps: Step[] }> }))
  const { runs } = (await read('actions/run/action.yml')) as { runs: { steps: Step[] } }
  const used = [...jobs.flatMap((workflow) => Object.values(workflow.jobs).flatMap(({ steps }) => steps)), ...runs.steps]
    .flatMap(({ uses }) => uses ?? [])
    .filter((uses) => !uses.startsWith('./'))
  expect(used.length).toBeGreaterThan(5)
  for (const uses of used) expect(uses).toMatch(/@[0-9a-f]{40}$/)
})

test('the lab’s own workflow runs `make test` for every change, and every night each tier of `make nightly`', async () => {
  const { on, jobs } = parse(await readFile(join(github, 'workflows/test.yml'), 'utf8')) as {
    on: Record<string, unknown>
    jobs: Record<string, { if?: string; strategy?: { matrix: { tier?: string[] } }; steps: { run?: string }[] }>
  }
  expect(Object.keys(on)).toEqual(expect.arrayContaining(['pull_request', 'schedule']))
  expect(jobs['linux']?.if).toBeUndefined()
  expect(jobs['linux']?.steps.flatMap(({ run }) => run ?? [])).toEqual(['make test'])
  expect(jobs['nightly']?.if).toContain("github.event_name == 'schedule'")
  expect(jobs['nightly']?.steps.flatMap(({ run }) => run ?? [])).toEqual(['make nightly TIERS=${{ matrix.tier }}'])
  expect(jobs['nightly']?.strategy?.matrix.tier?.toSorted()).toEqual(Object.keys(tiers).toSorted())
})
