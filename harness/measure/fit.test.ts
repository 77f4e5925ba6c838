import { expect, test } from 'vitest'
import { noSmallMemory } from '../cluster/kind/doctor/docker-engine.ts'
import { loadScenarios } from '../scenario/load-scenarios.ts'
import { partitionByFit } from './fit.ts'

test('what needs nodes that this machine cannot make is left out, with the reason; the others stay', async () => {
  const scenarios = (await loadScenarios()).map((loaded) => ({ loaded }))
  const unsupportedReason = async (size: string) => (size === 'small-memory' ? noSmallMemory : null)
  const { fit, unfit } = await partitionByFit({ unsupportedReason }, scenarios)
  expect([...unfit]).toEqual([
    [
      'missing-priority-class',
      expect.objectContaining({ exit: 'cannotRun', message: 'missing-priority-class needs nodes of size small-memory' }),
    ],
  ])
  expect(fit).toHaveLength(scenarios.length - 1)
})
