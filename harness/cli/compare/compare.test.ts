// `lab compare` before it starts anything: what it refuses, what it plans, and the error of a side that fails.
import { mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { lab, labHere, root } from '../../test/fixtures/lab-command.ts'
import { measureSides, unfinished } from './measure-sides.ts'
import { runWords } from './run-words.ts'
import { sidesOf } from './subjects.ts'

const compare = (...words: string[]) => labHere('compare', '--base', 'default', '--change', 'nftables', ...words)

test.each([
  [['--base', 'ipvs', '--change', 'default', 'http2-hot-pod'], 'There is no platform ipvs'],
  [['--base', 'default', '--change', 'default'], 'No scenario was named'],
  [['--base', 'default', '--change', './scenarios'], 'One side is the folder of a scenario, and the other one a platform'],
  [['--base', 'default', '--change', 'default', 'htp2-hot-pod'], 'did you mean http2-hot-pod?'],
  [
    ['--base', './scenarios/http2-hot-pod', '--change', './scenarios/stale-configmap', 'http2-hot-pod'],
    'Both sides are folders of a scenario; http2-hot-pod would be another one',
  ],
  [['--base', './scenarios/http2-hot-pod', '--change', './scenarios/stale-configmap'], 'The two folders are different scenarios'],
])('%j is refused before anything starts: %s', async (words, message) => {
  const { exitCode, stderr } = await labHere('compare', ...words)
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('without a base or a change it says which flag is missing', async () => {
  const { exitCode, stderr } = await labHere('compare', 'http2-hot-pod', '--base', 'default')
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("required option '--change <platform>'")])
})

const Plan = z.object({ blocks: z.int(), episodes: z.int(), seconds: z.number(), workers: z.int() })
const planOf = async (...words: string[]) => Plan.parse(JSON.parse((await compare('--plan', '--json', ...words)).stdout))

test('a plan has blocks that can decide, two episodes of each arm in quick mode, and more in full', async () => {
  expect(await planOf('--quick', '--suite', 'article')).toMatchObject({ blocks: 8, episodes: 2 })
  expect(await planOf('--suite', 'article')).toMatchObject({ blocks: 16, episodes: 6 })
})

test('with less time a plan has fewer blocks and episodes, but never so few blocks that no metric can be judged', async () => {
  const most = await planOf('--quick', '--suite', 'article')
  const within = `${Math.round(most.seconds * 0.8)}s`
  const less = await planOf('--quick', '--suite', 'article', '--within', within)
  expect(less.seconds).toBeLessThan(0.8 * most.seconds)
  expect(less.blocks).toBeGreaterThanOrEqual(6)
  const { exitCode, stderr } = await compare('--plan', '--quick', '--suite', 'article', '--within', '10m')
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringMatching(/smallest comparison .* longer than 10:00 min.*\n.*fewer than 6 blocks/),
  ])
})

test('a plan says in words what it can find, and that fewer blocks decide nothing', async () => {
  const words = async (...more: string[]) => (await compare('--plan', '--quick', '--arm', 'incident', ...more)).stdout
  expect(await words('cpu-limit-throttling', 'stale-configmap')).toMatch(
    /8 blocks.*counts as changed[^]*found in 81 % of comparisons/,
  )
  expect(await words('cpu-limit-throttling', '--blocks', '4')).toContain('no metric can be judged: that takes 6 blocks or more')
})

test('a side that names no version of Kubernetes gets the default one, whatever a kept cluster has', async () => {
  const { base, change } = await sidesOf({ base: 'default', change: 'v1.36' }, ['http2-hot-pod'])
  const plan = { mode: 'quick', blocks: 8, episodes: 2, workers: 3, steadyScenarios: 1, episodeArms: 0, seconds: 60 } as const
  const versionOf = (words: readonly string[]) => words[words.indexOf('--kubernetes') + 1]
  const asked = { arm: undefined, seed: 1, id: 'test', out: 'reports/runs/test' }
  expect([versionOf(runWords('base', base, plan, asked)), versionOf(runWords('change', change, plan, asked))]).toEqual([
    'v1.34',
    'v1.36',
  ])
})

test('two folders of one scenario are the two sides', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-compare-'))
  const old = join(folder, 'old', 'http2-hot-pod')
  await mkdir(join(folder, 'old'))
  await symlink(join(root, 'scenarios/http2-hot-pod'), old)
  const words = ['--base', old, '--change', './scenarios/http2-hot-pod', '--plan', '--quick']
  expect(await lab('compare', ...words), 'a process: Vitest imports a linked folder from where the link is').toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('8 blocks') as unknown,
  })
})

test('a side that ends before it began stops the other one, and the error has its last lines', async () => {
  const words = (side: string) => ['run', 'no-such-scenario', '--name', side, '--side', `${side}:test`]
  const sides = measureSides({
    words: { base: words('base'), change: words('change') },
    coin: () => 'base',
    isFinished: () => Promise.resolve(false),
    elapsed: () => '0:01 of about 1:00 min',
    signal: new AbortController().signal,
  })
  await expect(sides).rejects.toMatchObject({
    message: expect.stringMatching(/^The cluster of (base|change) did not come up$/) as unknown,
    exit: 'cannotRun',
    details: { evidence: expect.arrayContaining(['lab: There is no scenario no-such-scenario']) as unknown },
  })
})

test('only a change that does not come up is an answer: exit 1; every other failure leaves none: exit 3', () => {
  const lines = ['lab: kind create cluster failed']
  const exitOf = (side: 'base' | 'change', exitCode: number, isUp: boolean) => unfinished({ side, exitCode, isUp, lines }).exit
  expect(exitOf('change', 1, false)).toBe('unexpected')
  expect(exitOf('base', 1, false)).toBe('cannotRun')
  expect(exitOf('change', 3, false), 'the machine cannot make it').toBe('cannotRun')
  expect(exitOf('change', 1, true), 'the run failed later').toBe('cannotRun')
  expect(unfinished({ side: 'change', exitCode: 1, isUp: true, lines }).message).toBe('The run of change did not come to its end')
})

test('a run cannot be made a side by hand', async () => {
  const { exitCode, stderr } = await lab('run', 'http2-hot-pod', '--side', 'base:x')
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--side is set by `lab compare` alone')])
})
