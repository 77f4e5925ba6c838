import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { builtMachine } from '../test/fixtures/built-machine.ts'
import { labHere, labHereWith, root } from '../test/fixtures/lab-command.ts'

test('--help needs no cluster, and lists commands and exit codes', async () => {
  const { exitCode, stdout } = await labHere('--help')
  expect(exitCode).toBe(0)
  for (const word of ['run', 'predict', 'list', 'doctor', 'up', 'down', 'status', 'report', '130', 'inconclusive'])
    expect(stdout).toContain(word)
})

test('list --json needs no cluster', async () => {
  const { exitCode, stdout } = await labHere('list', '--json')
  expect(exitCode).toBe(0)
  const scenarios = JSON.parse(stdout) as { slug: string; arms: { name: string; kind: string; expected: string }[] }[]
  const hotPod = scenarios.find(({ slug }) => slug === 'http2-hot-pod')
  expect(hotPod?.arms.find(({ name }) => name === 'more-replicas')).toMatchObject({ kind: 'folk', expected: 'no-effect' })
})

test('list says what an arm needs, and what that costs to prepare', async () => {
  const stdout = (await labHere('list')).stdout.replaceAll(/\s+/g, ' ')
  expect(stdout).toMatch(/istio-tcp +folk .*\(not in --quick, unless named; needs istio\)/)
  expect(stdout).toMatch(/needs contour: Contour 1\.33, .*once per machine, about \d+ (s|min)/)
  const scenarios = JSON.parse((await labHere('list', '--json')).stdout) as {
    slug: string
    arms: { name: string; needs: string[] }[]
    addOns: { name: string }[]
  }[]
  const hotPod = scenarios.find(({ slug }) => slug === 'http2-hot-pod')
  expect(hotPod?.arms.find(({ name }) => name === 'ingress')?.needs).toEqual(['contour'])
  expect(hotPod?.addOns.map(({ name }) => name)).toEqual(['istio', 'contour'])
})

test('an unknown scenario is exit 2, and the near miss is named', async () => {
  const { exitCode, stderr } = await labHere('run', 'htp2-hot-pod')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('did you mean http2-hot-pod?')
})

test.each([['--all'], ['--suite', 'article']])(
  'a scenario beside %s is refused: one of the two would be ignored',
  async (...flag) => {
    const { exitCode, stderr } = await labHere('run', 'http2-hot-pod', ...flag)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`Scenarios are named and chosen by ${flag[0]}: http2-hot-pod`)
  },
)

test('a number of blocks that carries nothing is exit 2', async () => {
  const { exitCode, stderr } = await labHere('run', 'http2-hot-pod', '--blocks', '1')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('a whole number from 2 to 100')
})

test('a run that would take longer than --within is not begun: exit 2, with what it would take and what fits', async () => {
  const { exitCode, stderr } = await labHereWith(await builtMachine(), 'run', '--all', '--quick', '--offline', '--within', '5m')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/take \d+:\d\d min, longer than 5:00 min; nothing was started/)
  expect(stderr).toMatch(/everything is built\n/)
  expect(stderr).toMatch(/these fit: lab run [a-z0-9-]+/)
  expect(stderr.split('these fit')[1]).not.toContain('cpu-limit-throttling')
})

test('where nothing is built, --within counts the builds: it is refused before anything is, with how much of it is building', async () => {
  const LAB_CACHE = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  const words = ['run', 'http2-hot-pod', '--quick', '--offline', '--within', '5m'] as const
  const { exitCode, stderr } = await labHereWith({ LAB_CACHE }, ...words)
  expect(exitCode).toBe(2)
  const [, all, building] =
    /take (\d+):\d\d min, longer than 5:00 min; nothing was started[^]*; (\d+):\d\d min of it build/.exec(stderr) ?? []
  expect(Number(all)).toBeGreaterThan(Number(building))
  expect(Number(building), stderr).toBeGreaterThan(0)
  expect(stderr).toContain('these fit: lab run http2-hot-pod')
  expect(await readdir(LAB_CACHE)).toEqual([])
})

test('doctor says how long a run of all takes, with what is still to be built on this machine', async () => {
  const LAB_CACHE = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  const found = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const findings = JSON.parse((await labHereWith(env, 'doctor', '--offline', '--json')).stdout) as {
      name: string
      found: string
    }[]
    return findings.find(({ name }) => name === 'run of all')?.found ?? ''
  }
  expect(await found({ LAB_CACHE })).toMatch(/\(\d+:\d\d of them windows .* \d+:\d\d of them to build/)
  expect(await found(await builtMachine())).toMatch(/\(\d+:\d\d of them windows and timers\)/)
})

test('where no scenario fits into --within, it says what takes less', async () => {
  const { exitCode, stderr } = await labHere('run', '--all', '--within', '20s')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('no scenario fits; --quick')
})

test.each([
  ['--within', '15 minutes', 'a time such as 15m'],
  ['--workers', '0', 'a whole number from 1 to 100'],
])('%s %j is exit 2, and says what it has to be', async (flag, text, wanted) => {
  const { exitCode, stderr } = await labHere('run', 'http2-hot-pod', flag, text)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(wanted)
})

test.each(['2147484', '0', 'soon'])('--ready-within %j is exit 2: a timer of so many seconds would end at once', async (text) => {
  const { exitCode, stderr } = await labHere('up', '--ready-within', text)
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/seconds above 0, at most a day/)])
})

test('a version of Kubernetes that the lab does not have is exit 2, and those it has are named', async () => {
  const { exitCode, stderr } = await labHere('run', 'http2-hot-pod', '--kubernetes', 'v1.20')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('It has to be v1.34')
})

test('the help of up names the versions of Kubernetes there are', async () => {
  expect((await labHere('up', '--help')).stdout).toMatch(/--kubernetes <version> +v1\.34/)
})

test('a version of Kubernetes is known without its v, too', async () => {
  expect((await labHere('run', '--all', '--kubernetes', '1.34', '--within', '20s')).stderr).toContain('no scenario fits')
})

test.each(['up', 'run'])('%s: a platform that the lab does not have is exit 2, and those it has are named', async (name) => {
  const { exitCode, stderr } = await labHere(name, ...(name === 'run' ? ['http2-hot-pod'] : []), '--platform', 'ipvs')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is no platform ipvs')
  expect(stderr).toContain('nftables')
})

test('platforms are listed with what each sets, also as JSON', async () => {
  expect((await labHere('platforms')).stdout).toMatch(
    /^nftables {2}kube-proxy in nftables mode\n {2}kube-proxy {2}mode nftables$/m,
  )
  const listed = JSON.parse((await labHere('platforms', '--json')).stdout) as { name: string }[]
  expect(listed.map(({ name }) => name)).toContain('short-cfs-period')
})

test('an unknown flag is exit 2, and the near miss is named', async () => {
  const { exitCode, stderr } = await labHere('run', 'http2-hot-pod', '--quik')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('--quick')
})

test('a remedy without a namespace is exit 2', async () => {
  const { exitCode, stderr } = await labHere('remedy', 'strip-finalizers')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('--namespace <name>')
})

test('an unknown command is exit 2, and the near miss is named', async () => {
  const { exitCode, stderr } = await labHere('rnu')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('run')
})

test('run without a scenario is exit 2, and says what to name', async () => {
  const { exitCode, stderr } = await labHere('run')
  expect(exitCode).toBe(2)
  expect(stderr).toContain('--all')
})

test.each(['-1', 'one', ''])('--seed %j is exit 2', async (seed) => {
  expect((await labHere('run', 'http2-hot-pod', '--seed', seed)).exitCode).toBe(2)
})

test('to judge something that is not a run is exit 2, and says why in one line', async () => {
  const { exitCode, stderr } = await labHere('judge', 'package.json')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^\nlab: package\.json cannot be read as a run of the lab: [^\n]*\n  next: [^\n]*$/)
})

test('what a file says reaches the terminal without its control characters', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'lab-cli-')), 'run.json')
  await writeFile(path, '{"schemaVersion": 3, "\\u001b[31mred": 1}')
  const { exitCode, stderr } = await labHere('judge', path)
  expect(exitCode).toBe(2)
  expect(stderr).not.toContain('\u001b')
})

test('the version is that of the package; an environment that turns off the check of certificates does not', async () => {
  const NODE_OPTIONS = '--import=data:text/javascript,console.error(process.env.NODE_TLS_REJECT_UNAUTHORIZED)'
  const { stdout, stderr } = await execa('harness/cli/lab', ['--version'], {
    cwd: root,
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS },
  })
  expect(stdout).toMatch(/^\d+\.\d+\.\d+$/)
  expect(stderr).toBe('undefined')
})

test('clean without an engine lists the drafts of builds and records that killed commands left, then removes them', async () => {
  const LAB_CACHE = await mkdtemp(join(tmpdir(), 'lab-cache-'))
  const drafts = ['kubernetes-abc.draft-4194999', 'incident-lab.made.json.draft']
  const others = ['kubernetes-abd', `kubernetes-abe.draft-${process.pid}`] // finished, and being written
  for (const name of [...drafts, ...others]) await writeFile(join(LAB_CACHE, name), '')
  const clean = (...words: string[]) => labHereWith({ LAB_STATE: LAB_CACHE, LAB_CACHE }, 'clean', ...words)
  const leftBehind = drafts.map((draft) => `draft ${draft}`)
  expect(JSON.parse((await clean('--dry-run', '--json')).stdout)).toEqual({ leftBehind })
  expect((await clean()).stdout).toBe(leftBehind.map((each) => `undone: ${each}`).join('\n'))
  const names = await readdir(LAB_CACHE)
  for (const draft of drafts) expect(names).not.toContain(draft)
  expect(names).toEqual(expect.arrayContaining(others))
})

test('what clean cannot remove is an error with the reason, and with the command that removes everything: exit 5', async () => {
  const LAB_STATE = await mkdtemp(join(tmpdir(), 'lab-state-'))
  await mkdir(join(LAB_STATE, 'exercise.json')) // credentials are a file, so it removes no folder
  const { exitCode, stdout, stderr } = await labHereWith({ LAB_STATE, LAB_CACHE: LAB_STATE }, 'clean')
  expect([exitCode, stdout]).toEqual([5, 'nothing was undone'])
  expect(stderr).toContain(
    'Clean-up left something behind\n  | file exercise.json\n  | could not remove credentials of an exercise: ',
  )
  expect(stderr).toContain('next: `lab down`')
})

test('--resume takes no other scenarios and no other settings, and needs a run that was cut off', async () => {
  for (const [words, says] of [
    [['http2-hot-pod'], 'do not name scenarios'],
    [['--quick'], 'cannot be used with option'],
    [[], 'has no run to resume'],
  ] as const) {
    const { exitCode, stderr } = await labHere('run', '--resume', '/nonexistent', ...words)
    expect(exitCode, stderr).toBe(2)
    expect(stderr).toContain(says)
  }
})

test('a live page is of one run, and its port is a number', async () => {
  const several = await labHere('run', 'http2-hot-pod', '--live', '--kubernetes', 'v1.34,v1.36')
  expect([several.exitCode, several.stderr]).toEqual([2, expect.stringContaining('--live shows one run')])
  const port = await labHere('run', 'http2-hot-pod', '--port', 'here')
  expect([port.exitCode, port.stderr]).toEqual([2, expect.stringContaining('a whole number from 0 to 65535')])
})

test('status without an engine says that there is no cluster', async () => {
  const { exitCode, stdout } = await labHere('status', '--json')
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ state: 'none' })
})

test('a machine without Docker: exit 3, what is missing, why it matters, what to do; nothing is created', async () => {
  const tools = await mkdtemp(join(tmpdir(), 'lab-path-'))
  for (const tool of ['dirname', 'readlink']) await symlink(`/usr/bin/${tool}`, join(tools, tool))
  const LAB_STATE = join(tools, 'state')
  const env = { PATH: tools, HOME: tools, LAB_STATE, LAB_CACHE: join(tools, 'cache') }
  const options = { cwd: root, reject: false, extendEnv: false, env } as const
  const { exitCode, stderr } = await execa('/bin/sh', ['harness/cli/lab', 'up'], options)
  expect(exitCode).toBe(3)
  expect(stderr).toContain('Docker engine: ')
  expect(stderr).toContain('why it matters: ')
  expect(stderr).toContain('make setup')
  expect(stderr).toMatch(/mmdebstrap.*does not work/)
  expect(await readdir(LAB_STATE), 'the lock alone').toEqual(['work.json', 'work.lock'])

  const doctor = await labHereWith(env, 'doctor', '--json')
  expect(doctor.exitCode).toBe(3)
  const findings = JSON.parse(doctor.stdout) as { name: string; state: string; why?: string; next?: string }[]
  for (const { state, why, next } of findings) expect(state === 'ok' || (why && next)).toBeTruthy()
})
