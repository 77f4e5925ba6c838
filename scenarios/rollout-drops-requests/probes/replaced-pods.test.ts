// Pods that end after the trigger count, others do not.
import { expect, test } from 'vitest'
import { probe } from './replaced-pods.ts'

test('a pod that begins to end after the trigger counts once, and one that ended before does not', async () => {
  const lane = (name: string, group: string, ...states: readonly (readonly [number, string])[]) => ({
    kind: 'pod',
    name,
    group,
    states: states.map(([atMs, state]) => ({ atMs, state, text: '' })),
  })
  const lanes = [
    lane('web-1', 'web', [-5000, 'ready'], [2000, 'terminating'], [2500, 'terminating'], [3000, 'gone']),
    lane('web-2', 'web', [-9000, 'terminating'], [-8000, 'gone']),
    lane('client', 'client', [2000, 'terminating']),
  ]
  const { end } = await probe.start({} as never, { of: 'web' })
  expect((await end({ timeline: { lanes } } as never)).metrics).toEqual({ web_ended: 1 })
})
