// An incident of full size: a hundred pods an episode, three episodes side by side.
import { expect, test } from 'vitest'
import { armOf, changedScenario, expectVerdicts, lab, nodeState, readRun, temporaryFolder, value } from '../cluster/support.ts'

test('a hundred pods hang in Terminating and hold a hundred addresses until their finalizers are off', async () => {
  const out = await temporaryFolder()
  const before = await nodeState()
  const folder = await changedScenario('orphaned-finalizers', { 'scenario.ts': [['full: { blocks: 5', 'full: { blocks: 1']] })
  const run = ['run', 'orphaned-finalizers', '--arm', 'strip-finalizers', '--out', out]
  const { exitCode, all } = await lab(run, { LAB_SCENARIOS: folder })
  expect(exitCode, all).toBe(0)
  expect(await nodeState()).toEqual(before)
  const measured = await readRun(out)
  expectVerdicts(measured, { control: 'healthy', incident: 'reproduced', 'strip-finalizers': 'fixed' })
  expect(armOf(measured, 'incident').outcome).toMatchObject({ k: 1, n: 1 })
  expect(value(measured, 'incident', 'fleet_pods')).toBe(100)
  expect(value(measured, 'incident', 'addresses_node')).toBe(100)
  expect(value(measured, 'strip-finalizers', 'addresses_node'), 'of the canary alone').toBe(1)
})
