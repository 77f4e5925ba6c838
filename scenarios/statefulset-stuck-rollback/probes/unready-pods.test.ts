// The probe counts a pod from the trigger until it is ready or gone.
import { expect, test } from 'vitest'
import { probe } from './unready-pods.ts'

const lane = (name: string, ...states: readonly (readonly [number, string])[]) => ({
  kind: 'pod' as const,
  name,
  group: 'store',
  pod: null,
  states: states.map(([atMs, state]) => ({ atMs, state, text: state })),
})

test('the longest time without being ready counts from the trigger, and what is left at the end is named', async () => {
  const lanes = [
    lane('store-0', [-9000, 'starting'], [-2000, 'ready']),
    lane('store-1', [-9000, 'starting'], [3000, 'ready'], [20_000, 'terminating'], [21_000, 'gone']),
    lane('store-2', [5000, 'pending'], [6000, 'starting'], [6000, 'starting']),
  ]
  const timeline = { lanes, events: [], actions: [], toMs: 50_000 } as never
  const { end } = await probe.start({} as never, { of: 'store' })
  const found = await end({ timeline } as never)
  expect(found.metrics).toEqual({ store_unready_s: 45, store_unready_at_end: 1 })
  expect(found.proof).toEqual(['store-2 is not ready at the end: starting'])
})
