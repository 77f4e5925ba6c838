// Decides which command lines every load accepts.
import { expect, test } from 'vitest'
import { readFlags, usageOf } from './flags.ts'
import { httpFlags } from './http-flags.ts'
import { loadFlags } from './load-flags.ts'

const table = { ...httpFlags, ...loadFlags, quiet: { flag: 'quiet', meaning: 'say nothing' } }
const needed = ['--target', 'echo:9000', '--rate', '240', '--duration', '10s']

const read = (args: readonly string[]) => readFlags(args, table)

const problemsOf = (...args: string[]): readonly string[] => {
  const outcome = read(args)
  return outcome.kind === 'invalid' ? outcome.problems : []
}

test('target, rate and duration are enough', () => {
  expect(read(needed)).toEqual({
    kind: 'valid',
    flags: {
      target: { host: 'echo', port: 9000, address: 'echo:9000' },
      path: '/work',
      rateRps: 240,
      windowMs: 10_000,
      warmupMs: 0,
      deadlineMs: 2000,
      connections: 1,
      outstandingLimit: 5000,
      quiet: false,
    },
  })
})

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1m', 60_000],
  ['0.5s', 500],
])('%s is %i ms', (text, windowMs) => {
  expect(read([...needed, '--duration', text])).toMatchObject({ kind: 'valid', flags: { windowMs } })
})

test.each([
  ['echo:9000', 'echo'],
  ['10.0.0.1:9000', '10.0.0.1'],
  ['[::1]:9000', '::1'],
])('the host of %s is %s', (address, host) => {
  expect(read([...needed, '--target', address])).toMatchObject({ kind: 'valid', flags: { target: { host, address } } })
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
    --target is missing: host:port.
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
  ['--target', 'dns:///echo:9000'],
  ['--path', 'work'],
  ['--path', '/a b'],
  ['--path', '/a#b'],
  ['--connections', '0'],
  ['--outstanding-limit', '0'],
])('%s %s is one problem', (flag, value) => {
  expect(problemsOf(...needed, `${flag}=${value}`)).toHaveLength(1)
})

test('a flag without its value, a switch with one, and an unknown short flag are problems', () => {
  expect(problemsOf(...needed, '--quiet=yes', '-x', '--warmup')).toEqual([
    '--quiet takes no value.',
    '-x is not a flag. See the list below.',
    '--warmup needs a value.',
  ])
})

test('flags which exclude each other are named with every other mistake', () => {
  const outcome = readFlags(['--rate', 'fast'], { rateRps: loadFlags.rateRps }, () => ['Drop either.'])
  expect(outcome).toMatchObject({ kind: 'invalid', problems: [expect.stringContaining('--rate'), 'Drop either.'] })
})

test('--help wins over every mistake', () => {
  expect(read(['--help', '--rate', 'fast'])).toEqual({ kind: 'help' })
})

test('the usage has a line for each flag, with its default', () => {
  expect(usageOf({ warmupMs: loadFlags.warmupMs, quiet: table.quiet })).toBe(
    '  --warmup TIME  sent before the window and discarded (default 0s)\n' +
      '  --quiet        say nothing\n' +
      '  --help         print this\n',
  )
})
