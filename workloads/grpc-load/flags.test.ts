// Decides what the command line may say besides what every load accepts.
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

test.each(['dns', 'xds'])('a target may name its resolver, %s, which gets it as written', (resolver) => {
  const address = `${resolver}:///echo.lab.svc.cluster.local:9000`
  const target = { host: 'echo.lab.svc.cluster.local', port: 9000, address }
  expect(readFlags([...needed, '--target', address])).toMatchObject({ kind: 'valid', flags: { target } })
})

test.each([
  ['--target', 'http://echo:9000'],
  ['--balancing', 'random'],
])('%s %s is one problem', (flag, value) => {
  expect(problemsOf(...needed, `${flag}=${value}`)).toHaveLength(1)
})

test('a connection for each request excludes several connections and round_robin', () => {
  const contradicting = ['--connection-per-request', '--connections', '2', '--balancing', 'round_robin']
  expect(problemsOf(...needed, ...contradicting)).toHaveLength(2)
})
