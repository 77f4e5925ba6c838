// Decides which environments the server accepts.
import { expect, test } from 'vitest'
import { readSettings } from './environment.ts'

test('only the name of the pod is needed', () => {
  expect(readSettings({ POD_NAME: 'echo-1' })).toEqual({
    kind: 'valid',
    settings: {
      port: 9000,
      pod: 'echo-1',
      serviceTimeMs: 20,
      concurrency: 4,
      queueLimit: 64,
      maxConnectionAgeMs: 0,
    },
  })
})

test('every bad variable is named at once', () => {
  const outcome = readSettings({ PORT: '70000', SERVICE_TIME_MS: '20ms', CONCURRENCY: '0', QUEUE_LIMIT: '' })
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'POD_NAME',
    'PORT',
    'SERVICE_TIME_MS',
    'CONCURRENCY',
    'QUEUE_LIMIT',
  ])
})

test.each(['1.5', '-1', '1e3', ' 20', '0x10', 'Infinity'])('%j is not a service time', (text) => {
  expect(readSettings({ POD_NAME: 'echo-1', SERVICE_TIME_MS: text }).kind).toBe('invalid')
})
