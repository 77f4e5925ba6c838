import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../kube/apply.ts'
import { smallApiServer } from '../test/fixtures/small-api-server.ts'
import { calibrate, steadyRate } from './capacity.ts'

test('a rate is the nearest one that does not march in step with a 100 ms period', () => {
  expect([3, 2.88, 2.5, 2.02, 0.1, 120].map(steadyRate)).toEqual([2.9, 2.9, 2.3, 2.1, 0.1, 119.9])
})

test('in 10 s a rate of k/10 visits k phases of the period', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 9, noNaN: true }), (wanted) => {
      const rate = steadyRate(wanted)
      expect(Math.abs(rate - wanted)).toBeLessThanOrEqual(0.2001)
      const requests = Math.round(rate * 10)
      const phases = Array.from({ length: requests }, (_, index) => Math.round(((index * 1e6) / rate) % 100_000) % 100_000)
      expect(new Set(phases).size).toBe(requests)
    }),
  )
})

const at = { namespace: 'arm', pod: 'client-0', container: 'client' }

/** Calibrates with a program that says this in its warm-up, and that in its measurement; the server's pod waits. */
const calibrating = async (measurement: object): Promise<unknown> => {
  const kube = await smallApiServer(null, ({ command, say, exit }) => {
    say(JSON.stringify(command.includes('--duration') ? { requestsPerSecond: 10, failed: 0 } : measurement))
    exit(0)
  })
  const server = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'server-0', namespace: 'arm' }, status: { phase: 'Pending' } }
  await apply(kube, [server])
  return calibrate(kube, at, { program: 'http-load', shareOfCapacity: 0.5 }, new AbortController().signal)
}

test('a rate is a share of the capacity that was measured', async () => {
  expect(await calibrating({ requestsPerSecond: 58, failed: 0 })).toEqual({ capacityRps: 58, rateRps: 28.9 })
})

test.each([
  ['2 requests failed', { requestsPerSecond: 9, failed: 2 }],
  ['no request was answered', { requestsPerSecond: 0, failed: 0 }],
])('no capacity is taken from a measurement in which %s: its result and the pods are the evidence', async (why, measurement) => {
  await expect(calibrating(measurement)).rejects.toMatchObject({
    message: `Capacity could not be measured: ${why}`,
    exit: 'unexpected',
    details: {
      evidence: [JSON.stringify(measurement), 'pod server-0: Pending'],
      next: expect.stringContaining('--keep') as unknown,
    },
  })
})
