// Decides which command lines and environments are accepted.
import { expect, test } from 'vitest'
import { startProgram } from '../open-loop/programs.ts'
import { readSettings } from './settings.ts'

const flags = ['--reload-strategy=annotations', '--reload-on-create=true', '--sync-after-restart=true']
const pod = { KUBERNETES_NAMESPACE: 'shop', KUBERNETES_SERVICE_HOST: '10.96.0.1' }

test('the flags and the namespace are all that is needed in a pod', () => {
  expect(readSettings(flags, pod)).toEqual({ kind: 'valid', settings: { namespace: 'shop' } })
})

test('what it would do otherwise than the real one, it does not do at all', () => {
  const outcome = readSettings(['--reload-strategy=env-vars', '--reload-on-create=true'], {})
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    '--reload-strategy=annotations',
    '--sync-after-restart=true',
    "'--reload-strategy=env-vars'",
    'KUBERNETES_NAMESPACE',
    'KUBERNETES_SERVICE_HOST',
  ])
})

test('a wrong command line ends it with 2 and every problem', async ({ onTestFinished }) => {
  const { code, stderr } = await startProgram('config-reloader', { environment: pod }, onTestFinished).ended
  expect(code).toBe(2)
  expect(stderr.match(/ is missing/g)).toHaveLength(3)
})
