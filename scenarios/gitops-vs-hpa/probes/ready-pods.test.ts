// A dip begins when one pod too many is gone, and ends when enough are ready again.
import { expect, test } from 'vitest'
import { probe } from './ready-pods.ts'

const lane = (name: string, ...states: readonly (readonly [number, string])[]) => ({
  kind: 'pod' as const,
  name,
  group: 'web',
  pod: null,
  states: states.map(([atMs, state]) => ({ atMs, state, text: state })),
})

const read = async (...lanes: readonly ReturnType<typeof lane>[]) => {
  const { end } = await probe.start({} as never, { of: 'web', needed: 2 })
  return (await end({ timeline: { lanes, events: [], actions: [], toMs: 60_000 } } as never)).metrics
}

test('dips count how often too few pods were ready, however many were missing, and each lasts until enough are', async () => {
  const found = await read(
    lane('a', [-9000, 'ready']),
    lane('b', [-9000, 'ready'], [1000, 'terminating'], [3000, 'gone']),
    lane('c', [4000, 'starting'], [11_000, 'ready'], [40_000, 'terminating']),
    lane('d', [-9000, 'ready'], [500, 'terminating']),
    lane('e', [-9000, 'starting'], [45_000, 'ready']),
  )
  expect(found).toEqual({ web_dips: 2, web_short_s: 15, web_fewest: 1 })
})

test('a service that keeps its pods has no dip', async () => {
  expect(await read(lane('a', [-9000, 'ready']), lane('b', [-9000, 'ready']))).toEqual({
    web_dips: 0,
    web_short_s: 0,
    web_fewest: 2,
  })
})
