// Decides which command lines the load accepts.
import { expect, test } from 'vitest'
import { readFlags } from './flags.ts'

const needed = ['--target', 'echo:9000', '--rate', '240', '--duration', '10s']

function problemsOf(...args: string[]): readonly string[] {
  const outcome = readFlags(args)
  return outcome.kind === 'invalid' ? outcome.problems : []
}

test('target, rate and duration are enough', () => {
  expect(readFlags(needed)).toEqual({
    kind: 'valid',
    flags: {
      target: { host: 'echo', port: 9000, address: 'echo:9000' },
      rateRps: 240,
      windowMs: 10_000,
      warmupMs: 0,
      deadlineMs: 2000,
      connections: 1,
      balancing: 'pick_first',
      connectionPerRequest: false,
      outstandingLimit: 5000,
    },
  })
})

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1m', 60_000],
  ['0.5s', 500],
])('%s is %i ms', (text, windowMs) => {
  const outcome = readFlags(['--target', 'echo:9000', '--rate', '1', '--duration', text])
  expect(outcome).toMatchObject({ kind: 'valid', flags: { windowMs } })
})

test.each([
  ['echo:9000', 'echo'],
  ['dns:///echo.lab.svc.cluster.local:9000', 'echo.lab.svc.cluster.local'],
  ['10.0.0.1:9000', '10.0.0.1'],
  ['[::1]:9000', '::1'],
])('the host of %s is %s', (address, host) => {
  const outcome = readFlags(['--target', address, '--rate', '1', '--duration', '1s'])
  expect(outcome).toMatchObject({ kind: 'valid', flags: { target: { host } } })
})

test('everything missing is named at once', () => {
  expect(problemsOf().map((problem) => problem.split(':')[0])).toEqual([
    '--target is missing',
    '--rate is missing',
    '--duration is missing',
  ])
})

test('every mistake is named at once', () => {
  const problems = problemsOf('stray', '--tagret', 'x:1', '--rate', 'fast', '--duration', '10', '--connections', '1.5')
  expect(problems.join('\n')).toMatchInlineSnapshot(`
    "'stray' belongs to no flag. Flags start with --.
    --tagret is not a flag. See the list below.
    'x:1' belongs to no flag. Flags start with --.
    --target is missing: host:port or dns:///host:port.
    --rate is 'fast', not a number of requests a second above 0.
    --duration is '10', not a time above 0 with its unit, such as 10s.
    --connections is '1.5', not an integer above 0."
  `)
})

test.each([
  ['--rate', '0'],
  ['--rate', '-5'],
  ['--rate', 'Infinity'],
  ['--duration', '0s'],
  ['--duration', '10 s'],
  ['--duration', '1h'],
  ['--deadline', '0ms'],
  ['--target', 'echo'],
  ['--target', 'echo:99999'],
  ['--target', 'http://echo:9000'],
  ['--connections', '0'],
  ['--balancing', 'random'],
  ['--outstanding-limit', '0'],
])('%s %s is one problem', (flag, value) => {
  expect(problemsOf(...needed, `${flag}=${value}`)).toHaveLength(1)
})

test('a flag without its value, a switch with one, and an unknown short flag are problems', () => {
  expect(problemsOf(...needed, '--connection-per-request=yes', '-x', '--warmup')).toEqual([
    '--connection-per-request takes no value.',
    '-x is not a flag. See the list below.',
    '--warmup needs a value.',
  ])
})

test('a connection for each request excludes several connections and round_robin', () => {
  const contradicting = ['--connection-per-request', '--connections', '2', '--balancing', 'round_robin']
  expect(problemsOf(...needed, ...contradicting)).toHaveLength(2)
})

test('--help wins over every mistake', () => {
  expect(readFlags(['--help', '--rate', 'fast'])).toEqual({ kind: 'help' })
})
