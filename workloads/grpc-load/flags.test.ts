// Decides what the command line may say besides what every load accepts.
import { expect, test } from 'vitest'
import { readFlags } from './flags.ts'

const needed = ['--target', 'echo:9000', '--rate', '240', '--duration', '10s']

const problemsOf = (...args: string[]): readonly string[] => {
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
      requestsPerConnection: Infinity,
      outstandingLimit: 5000,
    },
  })
})

test.each(['dns', 'xds'])('a target may name its resolver, %s, which gets it as written', (resolver) => {
  const address = `${resolver}:///echo.lab.svc.cluster.local:9000`
  const target = { host: 'echo.lab.svc.cluster.local', port: 9000, address }
  expect(readFlags([...needed, '--target', address])).toMatchObject({ kind: 'valid', flags: { target } })
})

test.each([
  ['--target', 'http://echo:9000'],
  ['--balancing', 'random'],
  ['--requests-per-connection', '0'],
  ['--requests-per-connection', '2.5'],
  ['--requests-per-connection', '-1'],
  ['--requests-per-connection', 'many'],
])('%s %s is one problem', (flag, value) => {
  expect(problemsOf(...needed, `${flag}=${value}`)).toHaveLength(1)
})

test('connections may end after N requests each', () => {
  const limited = ['--connections', '24', '--requests-per-connection', '5']
  expect(readFlags([...needed, ...limited])).toMatchObject({
    kind: 'valid',
    flags: { connections: 24, requestsPerConnection: 5 },
  })
})

test('connections which end after N requests exclude round_robin', () => {
  const contradicting = ['--requests-per-connection', '5', '--balancing', 'round_robin']
  expect(problemsOf(...needed, ...contradicting).join('\n')).toMatchInlineSnapshot(
    `"--requests-per-connection opens one connection at a time, round_robin one to each address. Drop either."`,
  )
})
