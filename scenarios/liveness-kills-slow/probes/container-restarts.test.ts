// Restarts are summed over the pods of the group.
import { expect, test } from 'vitest'
import { probe } from './container-restarts.ts'

test('the restarts of all pods of the group are one sum', async () => {
  const lane = (group: string, restarts?: number) => ({ kind: 'pod', name: group, group, pod: { restarts }, states: [] })
  const lanes = [lane('shop', 2), lane('shop', 1), lane('shop'), lane('ledger', 5)]
  const { end } = await probe.start({} as never, { of: 'shop' })
  expect((await end({ timeline: { lanes } } as never)).metrics).toEqual({ shop_restarts: 3 })
})
