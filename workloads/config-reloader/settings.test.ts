// Decides which command lines and environments are accepted.
import { expect, test } from 'vitest'
import { startProgram } from '../open-loop/programs.ts'
import { readSettings } from './settings.ts'

const strategy = '--reload-strategy=annotations'
const pod = { KUBERNETES_NAMESPACE: 'shop', KUBERNETES_SERVICE_HOST: '10.96.0.1' }

test('the strategy and the namespace are all that is needed in a pod; the two other flags are off unless they are there, as in stakater/Reloader', () => {
  const off = { reloadOnCreate: false, syncAfterRestart: false }
  expect(readSettings([strategy], pod)).toEqual({ kind: 'valid', settings: { namespace: 'shop', ...off } })
  expect(readSettings([strategy, '--reload-on-create=true', '--sync-after-restart=true'], pod)).toMatchObject({
    settings: { reloadOnCreate: true, syncAfterRestart: true },
  })
})

test('a flag that makes the real one behave otherwise is refused', () => {
  const outcome = readSettings(['--reload-strategy=env-vars', '--reload-on-create=true'], {})
  const problems = outcome.kind === 'invalid' ? outcome.problems : []
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    strategy,
    "'--reload-strategy=env-vars'",
    'KUBERNETES_NAMESPACE',
    'KUBERNETES_SERVICE_HOST',
  ])
})

test('a wrong command line ends it with 2 and every problem', async ({ onTestFinished }) => {
  const { code, stderr } = await startProgram('config-reloader', { environment: pod }, onTestFinished).ended
  expect(code).toBe(2)
  expect(stderr.match(/ is missing/g)).toHaveLength(1)
})
