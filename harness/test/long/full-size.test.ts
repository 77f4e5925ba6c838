// An incident of full size: a hundred pods an episode, as many episodes side by side as the machine has room for.
import { expect, test } from 'vitest'
import { armOf, expectVerdicts, lab, nodeState, readRun, temporaryFolder, value } from '../cluster/support.ts'

test('a hundred pods hang in Terminating and hold a hundred addresses, in each of two episodes, until their finalizers are off', async () => {
  const out = await temporaryFolder()
  const before = await nodeState()
  const { exitCode, all } = await lab(['run', 'orphaned-finalizers', '--blocks', '2', '--arm', 'strip-finalizers', '--out', out])
  expect(exitCode, all).toBe(0)
  expect(await nodeState()).toEqual(before)
  const run = await readRun(out)
  expectVerdicts(run, { control: 'healthy', incident: 'reproduced', 'strip-finalizers': 'fixed' })
  expect(armOf(run, 'incident').outcome).toMatchObject({ k: 2, n: 2 })
  expect(value(run, 'incident', 'fleet_pods')).toBe(100)
  expect(value(run, 'incident', 'addresses_node')).toBe(100)
  expect(value(run, 'strip-finalizers', 'addresses_node'), 'of the canary alone').toBe(1)
})
