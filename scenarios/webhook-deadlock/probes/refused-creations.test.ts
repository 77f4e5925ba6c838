// A creation is refused when no webhook answers, and for no other reason.
import { expect, test } from 'vitest'
import { probe } from './refused-creations.ts'

test('messages of controllers about a webhook that does not answer count, others do not', async () => {
  const event = (reason: string, message: string) => ({ atMs: 0, kind: 'ReplicaSet', name: 'shop', reason, message })
  const events = [
    event('FailedCreate', 'Error creating: Internal error occurred: failed calling webhook "w": no endpoints available'),
    event('FailedCreate', 'Error creating: pods "x" is forbidden: exceeded quota'),
    event('SuccessfulCreate', 'Created pod: x'),
  ]
  const { end } = await probe.start({} as never, {})
  const found = await end({ timeline: { events, lanes: [] } } as never)
  expect(found.metrics).toEqual({ refused_creations: 1 })
})
