// Decides which environments the server accepts.
import { expect, test } from 'vitest'
import { readSettings } from './environment.ts'

test('only the name of the pod is needed', () => {
  const settings = { port: 8080, pod: 'web-1', cpuMsPerRequest: 30 }
  expect(readSettings({ POD_NAME: 'web-1' })).toEqual({ kind: 'valid', settings })
})

test('every bad variable is named at once', () => {
  const outcome = readSettings({ PORT: '70000', CPU_MS_PER_REQUEST: '30ms' })
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['POD_NAME', 'PORT', 'CPU_MS_PER_REQUEST'])
})

test.each(['0', '-1', '1e3', ' 20', '', 'Infinity', '60001'])('%j is no CPU time of a request', (text) => {
  expect(readSettings({ POD_NAME: 'web-1', CPU_MS_PER_REQUEST: text }).kind).toBe('invalid')
})

test('a request may cost a fraction of a millisecond', () => {
  const outcome = readSettings({ POD_NAME: 'web-1', CPU_MS_PER_REQUEST: '0.5' })
  expect(outcome).toMatchObject({ kind: 'valid', settings: { cpuMsPerRequest: 0.5 } })
})
